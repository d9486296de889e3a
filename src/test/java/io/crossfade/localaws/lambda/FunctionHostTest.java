package io.crossfade.localaws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.TextNode;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.FunctionError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionHostTest {
  @TempDir static Path build;
  static Path zip;
  @TempDir Path work;
  private FunctionHost host;

  @BeforeAll
  static void packageIt() throws IOException {
    zip = FakeArtifact.write(build);
  }

  @BeforeEach
  void open() {
    host = new FunctionHost(zip, work);
    host.register(new FunctionConfig("f", Map.of("MINE", "1"), Duration.ofSeconds(60), 128));
  }

  @AfterEach
  void close() {
    host.close();
  }

  private String call(String what) throws FunctionError {
    return host.invoke("f", TextNode.valueOf(what)).asText();
  }

  private FunctionError failure(String function, String what) {
    return catchThrowableOfType(
        FunctionError.class, () -> host.invoke(function, TextNode.valueOf(what)));
  }

  @Test
  void oneProcessServesOneCallAfterAnother() throws Exception {
    assertThat(call("hello")).isEqualTo("hello");
    assertThat(call("pid")).isEqualTo(call("pid"));
    FunctionStats stats = host.stats("f");
    assertThat(stats.invocations()).isEqualTo(3);
    assertThat(stats.coldStarts()).isEqualTo(1);
    assertThat(stats.maxMillis()).isGreaterThanOrEqualTo(stats.p50Millis());
  }

  @Test
  void theContextTellsWhoIsCalled() throws Exception {
    assertThat(call("name"))
        .isEqualTo("f arn:aws:lambda:eu-central-1:123456789012:function:f 36 true");
  }

  @Test
  void theProcessSeesItsOwnEnvironmentAlone() throws Exception {
    List<String> names = List.of(call("env").split(","));
    assertThat(names).contains("MINE", "AWS_REGION", "AWS_LAMBDA_FUNCTION_NAME", "HOME");
    assertThat(names)
        .filteredOn(name -> name.startsWith("AWS_") && !name.startsWith("AWS_LAMBDA_"))
        .containsExactlyInAnyOrder("AWS_REGION", "AWS_DEFAULT_REGION");
  }

  @Test
  void theProcessSeesNoneOfOurClasses() throws Exception {
    assertThat(call("loader")).isEqualTo("hidden hidden");
  }

  @Test
  void anExceptionIsReportedByItsClassAndTheProcessGoesOn() throws Exception {
    String pid = call("pid");
    FunctionError error = failure("f", "throw");
    assertThat(error.errorType())
        .isEqualTo("io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler$Oops");
    assertThat(error).hasMessage("a \"quoted\" message");
    assertThat(FunctionErrors.JSON.readTree(error.causeJson()).get("stackTrace")).isNotEmpty();
    assertThat(call("pid")).isEqualTo(pid);
  }

  @Test
  void aProcessThatExitsFailsItsCallAndIsReplaced() throws Exception {
    String pid = call("pid");
    FunctionError error = failure("f", "exit");
    assertThat(error.errorType()).isEqualTo("Runtime.ExitError");
    assertThat(error).hasMessageContaining("Runtime exited with error: exit status 3");
    assertThat(call("pid")).isNotEqualTo(pid);
    assertThat(host.stats("f").coldStarts()).isEqualTo(2);
  }

  @Test
  void aFunctionThatTakesTooLongIsKilled() throws Exception {
    host.register(new FunctionConfig("slow", Map.of(), Duration.ofSeconds(1), 128));
    FunctionError error = failure("slow", "hang");
    assertThat(error.errorType()).isEqualTo("Sandbox.Timedout");
    assertThat(error).hasMessageContaining("Task timed out after 1.00 seconds");
    Await.until("another process answers in time", () -> answers("slow", "again"));
  }

  /** False if the machine is so slow at this moment that this call takes too long as well. */
  private boolean answers(String function, String text) {
    try {
      return host.invoke(function, TextNode.valueOf(text)).asText().equals(text);
    } catch (FunctionError late) {
      assertThat(late.errorType()).isEqualTo("Sandbox.Timedout");
      return false;
    }
  }

  @Test
  void aFunctionThatCannotStartSaysWhy() {
    host.register(
        new FunctionConfig("broken", Map.of("FAIL_AT_START", "1"), Duration.ofSeconds(60), 128));
    FunctionError error = failure("broken", "x");
    assertThat(error.errorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error).hasMessage("no such handler");
  }

  @Test
  void aProcessThatDiesAtItsStartIsToldOfWithWhatItWrote() {
    host.register(
        new FunctionConfig("dead", Map.of("EXIT_AT_START", "1"), Duration.ofSeconds(60), 128));
    FunctionError error = failure("dead", "x");
    assertThat(error.errorType()).isEqualTo("Runtime.ExitError");
    assertThat(error)
        .hasMessageEndingWith(
            "Error: Runtime exited with error: exit status 7. It wrote: there is no floor\nfalling");
    assertThat(error.causeJson()).contains("there is no floor");
    FunctionError warming = catchThrowableOfType(FunctionError.class, host::warmUp);
    assertThat(warming.errorType()).isEqualTo("Runtime.ExitError");
    assertThat(warming)
        .hasMessageStartingWith("function dead cannot start: ")
        .hasMessageEndingWith("there is no floor\nfalling");
  }

  @Test
  void warmingUpFailsWithWhatAFunctionReports() {
    host.register(
        new FunctionConfig("broken", Map.of("FAIL_AT_START", "1"), Duration.ofSeconds(60), 128));
    assertThat(catchThrowableOfType(FunctionError.class, host::warmUp))
        .hasMessage("function broken cannot start: no such handler");
  }

  @Test
  void theProcessSpeaksTheLanguageOfLambdaAndMayResetThreadLocals() throws Exception {
    assertThat(call("locale")).isEqualTo("en_US UTF-8 open");
  }

  @Test
  void twoCallsAtOnceTakeTwoProcesses(@TempDir Path meeting) throws Exception {
    String meet = "meet " + meeting;
    CompletableFuture<Void> one = CompletableFuture.runAsync(() -> unchecked(meet));
    CompletableFuture<Void> two = CompletableFuture.runAsync(() -> unchecked(meet));
    CompletableFuture.allOf(one, two).get(60, TimeUnit.SECONDS);
    assertThat(host.stats("f").coldStarts()).isEqualTo(2);
  }

  @Test
  void killingFailsTheCallThatRuns() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    host.onLine((name, line) -> running.countDown());
    CompletableFuture<FunctionError> failure =
        CompletableFuture.supplyAsync(() -> failure("f", "hang"));
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
    host.kill("f");
    assertThat(failure.get(60, TimeUnit.SECONDS).errorType()).isEqualTo("Runtime.ExitError");
    assertThat(host.logs("f")).contains("told \"hang\"");
    assertThat(call("after")).isEqualTo("after");
  }

  @Test
  void isIdleOnceACallHasEndedWhoseCallerHasGone(@TempDir Path meeting) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    host.onLine((name, line) -> running.countDown());
    Thread caller = new Thread(() -> failure("f", "meet " + meeting));
    caller.start();
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();
    caller.join(60_000);
    CompletableFuture<Void> idle = CompletableFuture.runAsync(host::awaitIdle);

    String pid = call("pid");

    assertThat(idle).isNotDone();
    call("meet " + meeting);
    idle.get(60, TimeUnit.SECONDS);
    assertThat(host.stats("f").coldStarts()).isEqualTo(2);
    assertThat(pid).isNotBlank();
    Await.until("both processes serve again", () -> host.idle("f") == 2);
  }

  @Test
  void isIdleIfTheCallerWentBeforeTheProcessWasThere() throws Exception {
    Thread caller =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              failure("f", "hang");
            });
    caller.start();
    caller.join(60_000);
    CompletableFuture.runAsync(host::awaitIdle).get(30, TimeUnit.SECONDS);
    assertThat(call("after")).isEqualTo("after");
    assertThat(host.stats("f").coldStarts()).isEqualTo(1);
  }

  @Test
  void closingLeavesNoProcessBehind() throws Exception {
    long pid = Long.parseLong(call("pid"));
    assertThat(ProcessHandle.of(pid)).isPresent();
    host.close();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(failure("f", "x").errorType()).isEqualTo("Lambda.ServiceException");
  }

  @ParameterizedTest
  @CsvSource({
    "f, f",
    "f:$LATEST, f",
    "arn:aws:lambda:eu-central-1:123456789012:function:f, f",
    "arn:aws:lambda:eu-central-1:123456789012:function:f:$LATEST, f",
  })
  void aFunctionIsCalledByNameOrArn(String given, String name) {
    assertThat(FunctionHost.name(given)).isEqualTo(name);
  }

  @Test
  void whatIsNotThereIsToldOf() throws Exception {
    assertThat(failure("gone", "x").errorType()).isEqualTo("Lambda.ResourceNotFoundException");
    assertThatThrownBy(() -> host.kill("gone")).hasMessage("no such function: gone");
    Path text = Files.writeString(work.resolve("text.zip"), "no archive");
    assertThatThrownBy(() -> new FunctionHost(text, work.resolve("other")))
        .hasMessageContaining("cannot unzip");
  }

  private void unchecked(String what) {
    try {
      call(what);
    } catch (FunctionError e) {
      throw new IllegalStateException(e);
    }
  }
}
