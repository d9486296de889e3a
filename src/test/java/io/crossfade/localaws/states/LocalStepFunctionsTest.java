package io.crossfade.localaws.states;

import static io.crossfade.localaws.states.ExecutionTest.q;
import static io.crossfade.localaws.states.StepFunctionsBench.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ValidationException;

class LocalStepFunctionsTest {
  private static final String LONG = q(only("{'Type':'Wait','Seconds':90000,'End':true}"));
  private static final String SHORT = q(only("{'Type':'Succeed'}"));

  private final StepFunctionsBench bench = StepFunctionsBench.withoutFunctions();
  private final LocalStepFunctions functions = bench.functions;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theSameNameAndInputWhileRunningIsTheSameExecution() {
    String machine = bench.machine(LONG);
    var first = functions.startExecution(r -> r.stateMachineArn(machine).name("n").input("{}"));
    var again = functions.startExecution(r -> r.stateMachineArn(machine).name("n").input("{}"));
    assertThat(again).isEqualTo(first);
    assertThat(first.executionArn())
        .matches("arn:aws:states:eu-central-1:123456789012:execution:machine-\\d+:n");
    assertThatThrownBy(
            () -> functions.startExecution(r -> r.stateMachineArn(machine).name("n").input("[]")))
        .isInstanceOf(ExecutionAlreadyExistsException.class)
        .hasMessageContaining(first.executionArn());
  }

  @Test
  void aNameIsNotUsedTwice() throws Exception {
    String machine = bench.machine(SHORT);
    bench.await(functions.startExecution(r -> r.stateMachineArn(machine).name("n")).executionArn());
    assertThatThrownBy(() -> functions.startExecution(r -> r.stateMachineArn(machine).name("n")))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "a:b", "a*", "a<b", "a\"b", "a\tb", "a{", "a~"})
  void aBadNameIsRefused(String name) {
    String machine = bench.machine(SHORT);
    assertThatThrownBy(() -> functions.startExecution(r -> r.stateMachineArn(machine).name(name)))
        .isInstanceOf(InvalidNameException.class);
  }

  @Test
  void aNameHasAtMostEightyCharacters() throws Exception {
    String machine = bench.machine(SHORT);
    String name = "a.b-c_d+e(f)=".repeat(7).substring(0, 80);
    bench.await(
        functions.startExecution(r -> r.stateMachineArn(machine).name(name)).executionArn());
    assertThatThrownBy(
            () -> functions.startExecution(r -> r.stateMachineArn(machine).name(name + "x")))
        .isInstanceOf(InvalidNameException.class);
  }

  @Test
  void aBadInputIsRefused() {
    String machine = bench.machine(SHORT);
    assertThatThrownBy(() -> functions.startExecution(r -> r.stateMachineArn(machine).input("{")))
        .isInstanceOf(InvalidExecutionInputException.class);
    assertThatThrownBy(
            () ->
                functions.startExecution(
                    r -> r.stateMachineArn(machine).input("\"" + "é".repeat(131_072) + "\"")))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void whatIsNotThereIsToldOf() {
    assertThatThrownBy(() -> functions.startExecution(r -> r.stateMachineArn("arn:x")))
        .isInstanceOf(StateMachineDoesNotExistException.class);
    assertThatThrownBy(() -> functions.describeExecution(r -> r.executionArn("arn:x")))
        .isInstanceOf(ExecutionDoesNotExistException.class);
    assertThatThrownBy(() -> functions.listActivities(r -> {}))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void machinesAreListedByNameInPages() {
    functions.createStateMachine(r -> r.name("two").definition(SHORT));
    functions.createStateMachine(r -> r.name("one").definition(SHORT));
    assertThat(functions.listStateMachinesPaginator(r -> r.maxResults(1)))
        .extracting(page -> page.stateMachines().get(0).name())
        .contains("one", "two")
        .isSorted();
  }

  @Test
  void aMachineIsCreatedOnce() {
    String arn = functions.createStateMachine(r -> r.name("m").definition(SHORT)).stateMachineArn();
    assertThat(functions.createStateMachine(r -> r.name("m").definition(SHORT)).stateMachineArn())
        .isEqualTo(arn);
    assertThat(functions.describeStateMachine(r -> r.stateMachineArn(arn)).definition())
        .isEqualTo(SHORT);
    assertThatThrownBy(() -> functions.createStateMachine(r -> r.name("m").definition(LONG)))
        .isInstanceOf(StateMachineAlreadyExistsException.class);
    assertThatThrownBy(() -> functions.createStateMachine(r -> r.name("x").definition("{}")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("/StartAt must be a string");
  }

  @Test
  void executionsAreListedByPageAndStatus() throws Exception {
    String machine = bench.machine(LONG);
    for (String name : new String[] {"a", "b", "c"}) {
      functions.startExecution(r -> r.stateMachineArn(machine).name(name));
    }
    String stopped = machine.replace("stateMachine", "execution") + ":b";
    functions.stopExecution(r -> r.executionArn(stopped));
    assertThat(
            functions
                .listExecutions(
                    r -> r.stateMachineArn(machine).statusFilter(ExecutionStatus.ABORTED))
                .executions())
        .extracting("name")
        .containsExactly("b");
    ListExecutionsResponse page =
        functions.listExecutions(r -> r.stateMachineArn(machine).maxResults(2));
    assertThat(page.executions()).hasSize(2);
    assertThat(
            functions
                .listExecutions(r -> r.stateMachineArn(machine).nextToken(page.nextToken()))
                .executions())
        .hasSize(1);
  }

  @Test
  void stoppingTwiceChangesNothing() throws Exception {
    String arn = bench.start(LONG, "{}");
    var first = functions.stopExecution(r -> r.executionArn(arn).cause("one"));
    var second = functions.stopExecution(r -> r.executionArn(arn).cause("two"));
    assertThat(second).isEqualTo(first);
    assertThat(bench.await(arn).cause()).isEqualTo("one");
  }

  @Test
  void historyIsReadByPage() throws Exception {
    String arn = bench.run(SHORT, "{}").executionArn();
    var first = functions.getExecutionHistory(r -> r.executionArn(arn).maxResults(3));
    assertThat(first.events()).extracting("id").containsExactly(1L, 2L, 3L);
    assertThat(first.events().get(0).executionStartedEventDetails().input()).isEqualTo("{}");
    var rest = functions.getExecutionHistory(r -> r.executionArn(arn).nextToken(first.nextToken()));
    assertThat(rest.events())
        .extracting(HistoryEvent::typeAsString)
        .containsExactly("ExecutionSucceeded");
    assertThat(rest.nextToken()).isNull();
  }
}
