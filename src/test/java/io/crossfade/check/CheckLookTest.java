package io.crossfade.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.check.CheckResult.Outcome;
import io.crossfade.release.Deployment;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test rule asks for a header with a secret, which a site or a function may say again. */
class CheckLookTest {
  private static final String SECRET = "a-secret-of-ours";
  private static final ReleaseCheck TASK =
      new ReleaseCheck("migrate", 60, null, null, null, new ReleaseCheck.Task("app", List.of()));
  private static final ReleaseCheck FUNCTION =
      new ReleaseCheck("contract", 60, null, null, new ReleaseCheck.Lambda("contract"), null);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> read = new ArrayList<>();
  private String said = "";
  private int port;

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private CheckLook look(FunctionChecks functions) {
    HttpChecks requests = new HttpChecks(vertx, new ObjectMapper());
    return new CheckLook(new OneEndpoint(), requests, functions, new FakeTasks());
  }

  private CheckResult look(ReleaseCheck check, FunctionChecks functions) {
    Deployment deployment = Sample.at(-1, Sample.checkedBy(Sample.TEST_RULE, check));
    return look(functions).look(deployment, check).result();
  }

  private CheckResult function(String outcome) {
    return look(
        FUNCTION,
        (deployment, check, endpoint) -> {
          if (outcome.equals("THROWN")) {
            throw new TransientFailure(said);
          }
          return new CheckResult(Outcome.valueOf(outcome), said);
        });
  }

  @ParameterizedTest
  @CsvSource({"PASSED, PASSED", "FAILED, FAILED", "NOT_YET, NOT_YET", "THROWN, NOT_YET"})
  void whatAFunctionSaysIsToldWithoutTheSecret(String outcome, Outcome found) {
    said = "the header was " + SECRET + ", twice " + SECRET;
    assertThat(function(outcome)).isEqualTo(new CheckResult(found, "the header was …, twice …"));
  }

  /** A result has room for 500 characters, and what a function throws is cut off to them, too. */
  @ParameterizedTest
  @ValueSource(ints = {484, 485, 492, 499, 500})
  void noBeginningOfTheSecretIsLeftWhereWordsAreCutOff(int before) {
    said = "x".repeat(before) + SECRET;
    String clean = "x".repeat(before) + "…";
    assertThat(function("FAILED").words()).isEqualTo(clean);
    assertThat(function("THROWN").words()).isEqualTo(clean);
  }

  /** Of a site's answer 100 characters are told. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 84, 90, 99})
  void whatASiteAnswersIsToldWithoutTheSecret(int before) {
    HttpServer site =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> request.response().end("x".repeat(before) + request.getHeader("X-Test")))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    port = site.actualPort();
    ReleaseCheck check =
        new ReleaseCheck(
            "smoke",
            60,
            null,
            new ReleaseCheck.Http("/", "GET", null, 200, Map.of(), "version 2", 1),
            null,
            null);
    assertThat(look(check, null))
        .isEqualTo(
            CheckResult.failed(
                "GET /: found %s…, expected an answer with \"version 2\""
                    .formatted("x".repeat(before))));
  }

  /** Its rule, its listener and its load balancer cost a call each. */
  @Test
  void theTestRuleIsReadForARequestAndForAFunctionAndForNoTask() {
    look(TASK, null);
    assertThat(read).isEmpty();
    function("PASSED");
    assertThat(read).containsExactly(Sample.TEST_RULE);
  }

  private final class OneEndpoint implements TestEndpoints {
    @Override
    public TestEndpoint of(String rule) {
      read.add(rule);
      return new TestEndpoint(
          false, "127.0.0.1", port, List.of(), Map.of("X-Test", SECRET), List.of(), List.of());
    }

    @Override
    public TestEndpoint withoutServer(String rule) {
      throw new AssertionError("a look needs all of it");
    }
  }

  private static final class FakeTasks implements OneOffTasks {
    @Override
    public String start(Deployment deployment, ReleaseCheck.Task task) {
      return "arn:task";
    }

    @Override
    public CheckResult look(String cluster, String arn, ReleaseCheck.Task task) {
      return CheckResult.notYet("the task is RUNNING");
    }

    @Override
    public void stop(String cluster, String arn) {}
  }
}
