package io.crossfade.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.execution.ExecutionStatus;
import io.crossfade.execution.FakeExecutions;
import io.crossfade.release.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevertServiceTest {
  private final FakeExecutions executions = new FakeExecutions("Released", Sample.at(3));
  private final RevertService service =
      new RevertService(executions, Optional.of(FakeExecutions.PREFIX));

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
          SUCCEEDED | FAILED FAILED FAILED FAILED TIMED_OUT | GIVEN | run-1-revert-6 | revert of run-1 by arn:ann: slow; the execution is run-1-revert-6
          """,
      useHeadersInDisplayName = true)
  void whatARevertComesTo(
      ExecutionStatus release,
      String tries,
      CommandResult.Status answer,
      String starts,
      String sentence) {
    executions.statuses.put("run-1", release);
    String[] each = tries == null ? new String[0] : tries.split(" ");
    for (int i = 0; i < each.length; i++) {
      executions.statuses.put("run-1-revert-" + (i + 1), ExecutionStatus.valueOf(each[i]));
    }
    assertThat(revert()).isEqualTo(new CommandResult(answer, sentence));
    String input = "{by=arn:ann, revert=run-1, why=slow}";
    assertThat(executions.started)
        .isEqualTo(
            starts == null
                ? List.of()
                : List.of("crossfade-release %s %s".formatted(starts, input)));
  }

  /** Neither sees the other's, and both start the same name. */
  @Test
  void ofTwoAtTheSameMomentOneIsStarted() {
    executions.statuses.put("run-1", ExecutionStatus.SUCCEEDED);
    executions.faster = true;
    assertThat(revert())
        .isEqualTo(
            new CommandResult(
                CommandResult.Status.ILLEGAL,
                "no revert: somebody else takes run-1 back just now, by run-1-revert-1"));
  }
}
