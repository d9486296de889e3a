package io.crossfade.localaws.states;

import static io.crossfade.localaws.states.ExecutionTest.q;
import static io.crossfade.localaws.states.StepFunctionsBench.json;
import static io.crossfade.localaws.states.StepFunctionsBench.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.sdk.Await;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

class TaskTokenTest {
  private final BlockingQueue<String> tokens = new ArrayBlockingQueue<>(100);

  private static String ask(String more) {
    return q(
        only(
            "{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke.waitForTaskToken',"
                + "'Parameters':{'FunctionName':'ask','Payload':{'token.$':'$$.Task.Token'}},"
                + more
                + "'End':true}"));
  }

  private StepFunctionsBench bench(double speed) {
    return new StepFunctionsBench(speed, this::ask);
  }

  private JsonNode ask(String name, JsonNode payload) {
    tokens.add(payload.path("token").textValue());
    return json("'asked'");
  }

  private String token() throws InterruptedException {
    return tokens.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void anAnswerIsTheTasksResult() throws Exception {
    try (StepFunctionsBench bench = bench(1)) {
      String arn = bench.start(ask(""), "{}");
      String token = token();
      assertThat(token).hasSizeBetween(500, 1024).startsWith("AQCEAAAAKgAAAAMAAAAAAAAAA");
      bench.functions.sendTaskSuccess(r -> r.taskToken(token).output("{\"ok\":true}"));
      DescribeExecutionResponse end = bench.await(arn);
      assertThat(json(end.output())).isEqualTo(json("{'ok':true}"));
      assertThat(bench.events(arn)).contains("TaskSubmitted", "TaskSucceeded");
      assertThatThrownBy(() -> bench.functions.sendTaskSuccess(r -> r.taskToken(token).output("1")))
          .isInstanceOf(TaskTimedOutException.class)
          .satisfies(e -> hasCode(e, "TaskTimedOut"));
      assertThatThrownBy(() -> bench.functions.sendTaskFailure(r -> r.taskToken(token)))
          .isInstanceOf(TaskTimedOutException.class);
    }
  }

  @Test
  void aRefusalFailsTheTask() throws Exception {
    try (StepFunctionsBench bench = bench(1)) {
      String arn = bench.start(ask(""), "{}");
      String token = token();
      bench.functions.sendTaskFailure(r -> r.taskToken(token).error("Rejected").cause("by Ann"));
      DescribeExecutionResponse end = bench.await(arn);
      assertThat(end.error()).isEqualTo("Rejected");
      assertThat(end.cause()).isEqualTo("by Ann");
    }
  }

  @Test
  void nobodyAnswersInTime() throws Exception {
    try (StepFunctionsBench bench = bench(200)) {
      DescribeExecutionResponse end = bench.run(ask("'TimeoutSeconds':60,"), "{}");
      assertThat(end.error()).isEqualTo("States.Timeout");
      assertThat(end.stopDate()).isAfterOrEqualTo(end.startDate().plusSeconds(60));
      String token = token();
      assertThatThrownBy(() -> bench.functions.sendTaskSuccess(r -> r.taskToken(token).output("1")))
          .isInstanceOf(TaskTimedOutException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          60,  States.Timeout
          0,   States.Runtime
          1.5, States.Runtime
          -1,  States.Runtime
          '"60"', States.Runtime
          """)
  void theTimeoutMayStandInTheInputAsAPositiveWholeNumber(String seconds, String error)
      throws Exception {
    try (StepFunctionsBench bench = bench(200)) {
      DescribeExecutionResponse end =
          bench.run(ask("'TimeoutSecondsPath':'$.wait',"), "{\"wait\":" + seconds + "}");
      assertThat(end.error()).isEqualTo(error);
    }
  }

  @Test
  void whoeverFailsATaskThatHasTimedOutIsToldSo() throws Exception {
    try (StepFunctionsBench bench = bench(200)) {
      bench.run(ask("'TimeoutSecondsPath':'$.wait',"), "{\"wait\":20}");
      String token = token();
      assertThatThrownBy(() -> bench.functions.sendTaskFailure(r -> r.taskToken(token)))
          .isInstanceOf(TaskTimedOutException.class)
          .hasMessageContaining("Provided task does not exist anymore");
    }
  }

  @Test
  void tokensThatWaitAndTokensThatWereIssuedAreListed() throws Exception {
    try (StepFunctionsBench bench = bench(1)) {
      String first = bench.start(ask(""), "{}");
      String answered = token();
      bench.start(ask(""), "{}");
      String open = token();
      bench.functions.sendTaskSuccess(r -> r.taskToken(answered).output("1"));
      bench.await(first);
      assertThat(bench.functions.pendingTokens()).containsExactly(open);
      assertThat(bench.functions.issuedTokens()).containsExactlyInAnyOrder(answered, open);
      bench.functions.stopAll();
      Await.until("no token waits", () -> bench.functions.pendingTokens().isEmpty());
    }
  }

  @Test
  void eachAttemptHasATokenOfItsOwn() throws Exception {
    String retry = "'Retry':[{'ErrorEquals':['Again'],'IntervalSeconds':1,'MaxAttempts':1}],";
    try (StepFunctionsBench bench = bench(200)) {
      String arn = bench.start(ask(retry), "{}");
      String first = token();
      bench.functions.sendTaskFailure(r -> r.taskToken(first).error("Again"));
      String second = token();
      assertThat(second).isNotEqualTo(first);
      bench.functions.sendTaskSuccess(r -> r.taskToken(second).output("1"));
      assertThat(bench.await(arn).output()).isEqualTo("1");
    }
  }

  @Test
  void stoppingClosesTheToken() throws Exception {
    try (StepFunctionsBench bench = bench(1)) {
      String arn = bench.start(ask("'Catch':[{'ErrorEquals':['States.ALL'],'Next':'A'}],"), "{}");
      String token = token();
      bench.functions.stopExecution(r -> r.executionArn(arn).error("Stopped").cause("by Ann"));
      DescribeExecutionResponse end = bench.await(arn);
      assertThat(end.statusAsString()).isEqualTo("ABORTED");
      assertThat(end.error()).isEqualTo("Stopped");
      assertThat(bench.events(arn)).endsWith("ExecutionAborted");
      assertThatThrownBy(() -> bench.functions.sendTaskSuccess(r -> r.taskToken(token).output("1")))
          .isInstanceOf(TaskTimedOutException.class);
    }
  }

  @Test
  void outputThatIsNotJsonLeavesTheTaskWaiting() throws Exception {
    try (StepFunctionsBench bench = bench(1)) {
      String arn = bench.start(ask(""), "{}");
      String token = token();
      assertThatThrownBy(() -> bench.functions.sendTaskSuccess(r -> r.taskToken(token).output("{")))
          .isInstanceOf(InvalidOutputException.class)
          .satisfies(e -> hasCode(e, "InvalidOutput"));
      bench.functions.sendTaskSuccess(r -> r.taskToken(token).output("2"));
      assertThat(bench.await(arn).output()).isEqualTo("2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AQCEAAAAKgAAAAM="})
  void aMangledTokenIsInvalid(String token) {
    try (StepFunctionsBench bench = bench(1)) {
      assertThatThrownBy(() -> bench.functions.sendTaskFailure(r -> r.taskToken(token)))
          .isInstanceOf(InvalidTokenException.class)
          .satisfies(e -> hasCode(e, "InvalidToken"));
    }
  }

  @Test
  void aTokenOfAnotherWorldDoesNotExist() throws Exception {
    try (StepFunctionsBench bench = bench(1);
        StepFunctionsBench other = bench(1)) {
      bench.start(ask(""), "{}");
      String token = token();
      assertThatThrownBy(() -> other.functions.sendTaskFailure(r -> r.taskToken(token)))
          .isInstanceOf(TaskDoesNotExistException.class)
          .satisfies(e -> hasCode(e, "TaskDoesNotExist"));
    }
  }

  private static void hasCode(Throwable e, String code) {
    assertThat(((SfnException) e).awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(((SfnException) e).statusCode()).isEqualTo(400);
  }
}
