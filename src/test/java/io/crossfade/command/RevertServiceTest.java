package io.crossfade.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.execution.EnteredState;
import io.crossfade.execution.Execution;
import io.crossfade.execution.ExecutionStatus;
import io.crossfade.execution.Executions;
import io.crossfade.release.ExecutionArn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevertServiceTest {
  private static final String STATES = "arn:aws:states:eu-central-1:123456789012:";

  private final Known executions = new Known();
  private final RevertService service =
      new RevertService(executions, Optional.of(STATES + "execution:crossfade-release"));

  private CommandResult revert() {
    return service.revert("run-1", "arn:ann", "slow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          run-1     | tries                  | answer  | starts         | sentence
          UNKNOWN   | -                      | UNKNOWN | -              | there is no deployment run-1
          RUNNING   | -                      | ILLEGAL | -              | no revert: run-1 is not over; roll it back
          SUCCEEDED | -                      | GIVEN   | run-1-revert-1 | revert of run-1 by arn:ann: slow; the execution is run-1-revert-1
          FAILED    | -                      | GIVEN   | run-1-revert-1 | revert of run-1 by arn:ann: slow; the execution is run-1-revert-1
          ABORTED   | -                      | GIVEN   | run-1-revert-1 | revert of run-1 by arn:ann: slow; the execution is run-1-revert-1
          SUCCEEDED | RUNNING                | GIVEN   | -              | run-1 is being taken back by run-1-revert-1
          SUCCEEDED | SUCCEEDED              | ILLEGAL | -              | no revert: run-1 was taken back by run-1-revert-1
          SUCCEEDED | FAILED                 | GIVEN   | run-1-revert-2 | revert of run-1 by arn:ann: slow; the execution is run-1-revert-2
          SUCCEEDED | FAILED ABORTED RUNNING | GIVEN   | -              | run-1 is being taken back by run-1-revert-3
          SUCCEEDED | FAILED FAILED FAILED FAILED TIMED_OUT | ILLEGAL | - | no revert: 5 executions have tried to take run-1 back; start one by hand
          """,
      useHeadersInDisplayName = true)
  void whatARevertComesTo(
      ExecutionStatus release,
      String tries,
      CommandAnswer.Status answer,
      String starts,
      String sentence) {
    executions.statuses.put("run-1", release);
    String[] each = tries == null ? new String[0] : tries.split(" ");
    for (int i = 0; i < each.length; i++) {
      executions.statuses.put("run-1-revert-" + (i + 1), ExecutionStatus.valueOf(each[i]));
    }
    assertThat(revert()).isEqualTo(new CommandResult(answer, sentence));
    assertThat(executions.started).isEqualTo(starts == null ? List.of() : List.of(starts));
  }

  @Test
  void theExecutionIsOfTheReleasesMachineAndToldWhoAndWhy() {
    executions.statuses.put("run-1", ExecutionStatus.SUCCEEDED);
    revert();
    assertThat(executions.machine).isEqualTo(STATES + "stateMachine:crossfade-release");
    assertThat(executions.input)
        .isEqualTo(Map.of("revert", "run-1", "why", "slow", "by", "arn:ann"));
  }

  /** Neither sees the other's, and both start the same name. */
  @Test
  void ofTwoAtTheSameMomentOneIsStarted() {
    executions.statuses.put("run-1", ExecutionStatus.SUCCEEDED);
    executions.faster = true;
    assertThat(revert())
        .isEqualTo(
            new CommandResult(
                CommandAnswer.Status.ILLEGAL,
                "no revert: somebody else takes run-1 back just now, by run-1-revert-1"));
  }

  private static final class Known implements Executions {
    private final Map<String, ExecutionStatus> statuses = new HashMap<>();
    private final List<String> started = new ArrayList<>();
    private String machine;
    private Map<String, Object> input;
    private boolean faster;

    @Override
    public ExecutionStatus status(String executionArn) {
      return statuses.getOrDefault(ExecutionArn.name(executionArn), ExecutionStatus.UNKNOWN);
    }

    @Override
    public boolean start(String machineArn, String name, Map<String, Object> given) {
      machine = machineArn;
      input = given;
      started.add(name);
      return !faster;
    }

    @Override
    public Execution find(String executionArn) {
      throw new AssertionError("a status is enough");
    }

    @Override
    public Optional<EnteredState> lastEntered(String executionArn) {
      throw new AssertionError("a status is enough");
    }
  }
}
