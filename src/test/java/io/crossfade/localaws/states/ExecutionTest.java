package io.crossfade.localaws.states;

import static io.crossfade.localaws.states.StepFunctionsBench.json;
import static io.crossfade.localaws.states.StepFunctionsBench.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** Whole executions of small definitions. */
class ExecutionTest {
  private static final String TASK =
      "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke',"
          + "'Parameters':{'FunctionName':'f','Payload.$':'$'}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'End':true                                                  | {'a':{'b':1}}
          'End':true,'InputPath':'$.a'                                | {'b':1}
          'End':true,'InputPath':null                                 | {}
          'End':true,'OutputPath':'$.a'                               | {'b':1}
          'End':true,'OutputPath':null                                | {}
          'End':true,'Result':5                                       | 5
          'End':true,'Result':5,'ResultPath':'$.x.y'                  | {'a':{'b':1},'x':{'y':5}}
          'End':true,'Result':5,'ResultPath':'$.a.b'                  | {'a':{'b':5}}
          'End':true,'Result':5,'ResultPath':null                     | {'a':{'b':1}}
          'End':true,'InputPath':'$.a','Result':5,'ResultPath':'$.x'  | {'a':{'b':1},'x':5}
          'End':true,'Parameters':{'c.$':'$.a.b'}                     | {'c':1}
          'End':true,'Parameters':{'n.$':'$$.State.Name'}             | {'n':'A'}
          'End':true,'Parameters':{'i.$':'$$.Execution.Input.a.b'}    | {'i':1}
          """)
  void dataFlowsThroughAPass(String fields, String output) throws Exception {
    try (StepFunctionsBench bench = StepFunctionsBench.withoutFunctions()) {
      DescribeExecutionResponse end =
          bench.run(q(only("{'Type':'Pass'," + fields + "}")), q("{'a':{'b':1}}"));
      assertThat(end.statusAsString()).isEqualTo("SUCCEEDED");
      assertThat(json(end.output())).isEqualTo(json(output));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'Type':'Fail'}                                                      |                         |
          {'Type':'Fail','Error':'E','Cause':'why'}                            | E                       | why
          {'Type':'Fail','ErrorPath':'$.e','CausePath':'$.e'}               | Oops                    | Oops
          {'Type':'Fail','ErrorPath':'$.n'}                                    | States.Runtime          | An error occurred while executing the state 'A' (entered at the event id #2). The ErrorPath must lead to a string, found 3
          {'Type':'Choice','Choices':[{'Variable':'$.e','StringEquals':'4','Next':'B'}]} | States.NoChoiceMatched | No choice rule of A holds for {"e":"Oops","n":3}
          {'Type':'Pass','End':true,'Result':1,'ResultPath':'$.n.x'}           | States.ResultPathMatchFailure | Unable to apply ResultPath '$.n.x': there is '3' on its way
          {'Type':'Wait','End':true,'SecondsPath':'$.e'}                       | States.Runtime          | An error occurred while executing the state 'A' (entered at the event id #2). The SecondsPath must lead to a whole number of at least 0, found "Oops"
          """)
  void failuresHaveTheirNames(String state, String error, String cause) throws Exception {
    String definition = q(only(state).replaceFirst("}}$", ",\"B\":{\"Type\":\"Succeed\"}}}"));
    if (!state.contains("Choice")) {
      definition = definition.replace(",\"B\":{\"Type\":\"Succeed\"}", "");
    }
    try (StepFunctionsBench bench = StepFunctionsBench.withoutFunctions()) {
      DescribeExecutionResponse end = bench.run(definition, q("{'e':'Oops','n':3}"));
      assertThat(end.statusAsString()).isEqualTo("FAILED");
      assertThat(end.error()).isEqualTo(error);
      assertThat(end.cause()).isEqualTo(cause);
    }
  }

  @Test
  void aTaskIsCalledAndItsAnswerSelected() throws Exception {
    String task =
        only(
            "{"
                + TASK
                + ",'ResultSelector':{'got.$':'$.Payload.x','code.$':'$.StatusCode'},"
                + "'ResultPath':'$.task','OutputPath':'$.task','End':true}");
    try (StepFunctionsBench bench =
        new StepFunctionsBench(
            1, (name, in) -> json("{'x':'%s was told %s'}".formatted(name, in.path("n"))))) {
      DescribeExecutionResponse end = bench.run(q(task), q("{'n':1}"));
      assertThat(json(end.output())).isEqualTo(json("{'got':'f was told 1','code':200}"));
      assertThat(bench.events(end.executionArn()))
          .containsExactly(
              "ExecutionStarted",
              "TaskStateEntered",
              "TaskScheduled",
              "TaskStarted",
              "TaskSucceeded",
              "TaskStateExited",
              "ExecutionSucceeded");
    }
  }

  @Test
  void eachRetrierCountsItsOwnRetries() throws Exception {
    List<String> errors = List.of("A", "B", "A", "B", "B");
    AtomicInteger calls = new AtomicInteger();
    String task =
        only(
            "{"
                + TASK
                + ",'End':true,'Retry':["
                + "{'ErrorEquals':['A'],'MaxAttempts':2,'IntervalSeconds':1},"
                + "{'ErrorEquals':['States.ALL'],'MaxAttempts':2,'IntervalSeconds':1}]}");
    try (StepFunctionsBench bench =
        new StepFunctionsBench(
            200,
            (name, in) -> {
              throw new FunctionError(errors.get(calls.getAndIncrement()), "no", "{}");
            })) {
      DescribeExecutionResponse end = bench.run(q(task), "{}");
      assertThat(calls).hasValue(5);
      assertThat(end.error()).isEqualTo("B");
      assertThat(bench.functions.transitions(end.executionArn())).isEqualTo(5);
    }
  }

  @Test
  void zeroAttemptsShieldAnErrorFromTheNextRetrier() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    String task =
        only(
            "{"
                + TASK
                + ",'End':true,'Retry':["
                + "{'ErrorEquals':['A'],'MaxAttempts':0},{'ErrorEquals':['States.ALL']}]}");
    try (StepFunctionsBench bench =
        new StepFunctionsBench(
            200,
            (name, in) -> {
              calls.incrementAndGet();
              throw new FunctionError("A", "no", "{}");
            })) {
      assertThat(bench.run(q(task), "{}").statusAsString()).isEqualTo("FAILED");
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void aCatcherGetsTheFunctionsErrorBesideTheInput() throws Exception {
    String definition =
        "{'StartAt':'A','States':{'A':{"
            + TASK
            + ",'Next':'Good','OutputPath':'$.Payload','Catch':["
            + "{'ErrorEquals':['Other'],'Next':'Good'},"
            + "{'ErrorEquals':['States.TaskFailed'],'ResultPath':'$.error','Next':'Bad'}]},"
            + "'Good':{'Type':'Fail'},'Bad':{'Type':'Succeed'}}}";
    try (StepFunctionsBench bench =
        new StepFunctionsBench(
            1,
            (name, in) -> {
              throw new FunctionError("com.example.Oops", "no", "{\"errorMessage\":\"no\"}");
            })) {
      DescribeExecutionResponse end = bench.run(q(definition), q("{'n':1}"));
      assertThat(StateJson.parse(end.output()))
          .isEqualTo(
              StateJson.parse(
                  "{\"n\":1,\"error\":{\"Error\":\"com.example.Oops\",\"Cause\":\"{\\\"errorMessage\\\":\\\"no\\\"}\"}}"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "States.Runtime, States.ALL, false",
    "States.Runtime, States.Runtime, false",
    "States.DataLimitExceeded, States.ALL, false",
    "States.DataLimitExceeded, States.TaskFailed, false",
    "States.DataLimitExceeded, States.DataLimitExceeded, true",
    "States.Timeout, States.ALL, true",
    "States.Timeout, States.TaskFailed, false",
    "Lambda.Unknown, States.TaskFailed, true",
    "Lambda.Unknown, States.ALL, true",
    "Lambda.Unknown, Lambda.ServiceException, false",
  })
  void errorNamesStandForOthers(String error, String name, boolean matches) {
    assertThat(new StateFailure(error, null).matches(name)).isEqualTo(matches);
  }

  @Test
  void anAnswerThatIsTooLargeCannotBeCaughtByAll() throws Exception {
    String definition =
        "{'StartAt':'A','States':{'A':{"
            + TASK
            + ",'Next':'B','Catch':["
            + "{'ErrorEquals':['States.ALL'],'Next':'B'}]},'B':{'Type':'Succeed'}}}";
    try (StepFunctionsBench bench =
        new StepFunctionsBench(1, (name, in) -> json("'" + "x".repeat(262_144) + "'"))) {
      assertThat(bench.run(q(definition), "{}").error()).isEqualTo("States.DataLimitExceeded");
    }
  }

  @Test
  void aSlowFunctionTimesOutInRealTime() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    String definition =
        "{'StartAt':'A','States':{'A':{"
            + TASK
            + ",'TimeoutSeconds':1,'Next':'B','Catch':["
            + "{'ErrorEquals':['States.Timeout'],'Next':'B'}]},'B':{'Type':'Succeed'}}}";
    try (StepFunctionsBench bench =
        new StepFunctionsBench(
            200,
            (name, in) -> {
              await(never);
              return in;
            })) {
      DescribeExecutionResponse end = bench.run(q(definition), "{}");
      never.countDown();
      assertThat(json(end.output())).isEqualTo(json("{'Error':'States.Timeout'}"));
      assertThat(bench.events(end.executionArn())).contains("TaskTimedOut");
    }
  }

  @Test
  void aWaitPassesInWorldTime() throws Exception {
    String wait = q(only("{'Type':'Wait','SecondsPath':'$.n','End':true}"));
    try (StepFunctionsBench bench = StepFunctionsBench.withoutFunctions()) {
      DescribeExecutionResponse end = bench.run(wait, q("{'n':20}"));
      assertThat(end.stopDate()).isAfterOrEqualTo(end.startDate().plusSeconds(20));
    }
  }

  @Test
  void theMachinesTimeoutRunsNoCatcher() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    String definition =
        "{'StartAt':'A','TimeoutSeconds':200,'States':{'A':{"
            + TASK
            + ",'Next':'B','Catch':["
            + "{'ErrorEquals':['States.ALL'],'Next':'B'}]},'B':{'Type':'Succeed'}}}";
    try (StepFunctionsBench bench =
        new StepFunctionsBench(
            200,
            (name, in) -> {
              await(never);
              return in;
            })) {
      DescribeExecutionResponse end = bench.run(q(definition), "{}");
      never.countDown();
      assertThat(end.statusAsString()).isEqualTo("TIMED_OUT");
      assertThat(bench.events(end.executionArn())).endsWith("TaskStarted", "ExecutionTimedOut");
    }
  }

  @Test
  void anEndlessLoopEndsAtTheHistoryLimit() throws Exception {
    String definition =
        "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Choice','Choices':["
            + "{'Variable':'$.stop','IsPresent':true,'Next':'C'}],'Default':'A'},"
            + "'C':{'Type':'Succeed'}}}";
    try (StepFunctionsBench bench = StepFunctionsBench.withoutFunctions()) {
      DescribeExecutionResponse end = bench.run(q(definition), "{}");
      assertThat(end.cause()).contains("maximum number of history events (25000)");
      assertThat(
              bench
                  .functions
                  .getExecutionHistory(
                      r -> r.executionArn(end.executionArn()).reverseOrder(true).maxResults(1))
                  .events()
                  .get(0)
                  .id())
          .isEqualTo(25_000L);
    }
  }

  @Test
  void listenersHearEveryStateInOrder() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    String definition =
        "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Fail'}}}";
    try (StepFunctionsBench bench = StepFunctionsBench.withoutFunctions()) {
      bench.functions.addListener(new Recorder(heard));
      String arn = bench.run(q(definition), "{}").executionArn();
      String name = arn.substring(arn.lastIndexOf(':') + 1);
      assertThat(name).hasSize(36);
      bench.awaitHeard(heard, 4);
      assertThat(heard).containsExactly("entered A", "exited A", "entered B", "ended FAILED");
    }
  }

  static String q(String text) {
    return text.replace('\'', '"');
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
