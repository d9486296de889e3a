package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.command.CommandButtons;
import io.crossfade.execution.ExecutionStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clicks on the button of a released release's message. */
class RevertClickTest {
  private final CallbackBench bench = new CallbackBench();

  private static Map<String, Object> click(String user, String value) {
    return CallbackBench.click(CommandButtons.REVERT, user, value);
  }

  private int send(String user, String value) {
    return bench.send(bench.request(click(user, value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          run-1     | try       | user | starts | told
          SUCCEEDED | UNKNOWN   | U1   | true   | revert of run-1 by U1 (name-U1): by button in Slack; the execution is run-1-revert-1
          SUCCEEDED | RUNNING   | U2   | false  | run-1 is being taken back by run-1-revert-1
          SUCCEEDED | SUCCEEDED | U2   | false  | no revert: run-1 was taken back by run-1-revert-1
          RUNNING   | UNKNOWN   | U1   | false  | no revert: run-1 is not over; roll it back
          UNKNOWN   | UNKNOWN   | U1   | false  | there is no deployment run-1
          SUCCEEDED | UNKNOWN   | U9   | false  | You may not decide this: you are not in this stack's list of approvers. Nothing was done.
          """)
  void aClickOfAnApproverStartsOneExecution(
      ExecutionStatus release, ExecutionStatus tried, String user, boolean starts, String told) {
    bench.executions.statuses.put("run-1", release);
    bench.executions.statuses.put("run-1-revert-1", tried);

    assertThat(send(user, "run-1")).isEqualTo(200);

    assertThat(bench.messenger.whispers).containsExactly(told);
    assertThat(bench.executions.started)
        .isEqualTo(
            starts
                ? List.of(
                    "crossfade-release run-1-revert-1"
                        + " {by=U1 (name-U1), revert=run-1, why=by button in Slack}")
                : List.of());
  }

  /** As a rejection: to go back lets nothing through. */
  @Test
  void theAuthorMayTakeTheirOwnVersionBack() {
    CallbackBench other = new CallbackBench(TestConfig.of("U1=an@example.com", false));
    other.executions.statuses.put("run-1", ExecutionStatus.SUCCEEDED);
    other.send(other.request(click("U1", "run-1")));
    assertThat(other.executions.started).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"''", "run 1", "../x"})
  void aValueThatIsNoneOfOursIsMalformed(String value) {
    assertThat(send("U1", value)).isEqualTo(400);
    assertThat(bench.executions.started).isEmpty();
  }

  @Test
  void aClickOfAnotherWorkspaceIsTurnedAway() {
    bench.executions.statuses.put("run-1", ExecutionStatus.SUCCEEDED);
    Map<String, Object> click = click("U1", "run-1");
    click.put("team", Map.of("id", "T2"));
    assertThat(bench.send(bench.request(click))).isEqualTo(401);
    assertThat(bench.executions.started).isEmpty();
  }
}
