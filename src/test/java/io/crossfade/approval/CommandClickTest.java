package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.command.Command;
import io.crossfade.release.CommandState;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clicks on the buttons of a release's message. The release is at 50 %. */
class CommandClickTest {
  private static final String WHO = " by U1 (name-U1): by button in Slack";

  private final CallbackBench bench = new CallbackBench();

  private static int send(CallbackBench bench, Command command, String user, String value) {
    return bench.send(bench.request(bench.click(command, user, value)));
  }

  private static Deployment told(Deployment before, String... commands) {
    CommandState state = before.commands();
    for (String command : commands) {
      state = state.withTaken(command);
    }
    return before.with(state);
  }

  private static Deployment paused() {
    return Sample.at(1)
        .with(
            CommandState.NONE
                .withTaken("c1")
                .withPause(new Pause("U2", "so", Sample.START, Sample.START.plusSeconds(3600))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          state    | command  | user | value       | told
          Bake     | PAUSE    | U1   | run-1 50    | pause by U1 (name-U1): by button in Slack; the release takes it up at its next look
          Bake     | PROMOTE  | U1   | run-1 50    | promote by U1 (name-U1): by button in Slack; the release takes it up at its next look
          Bake     | ROLLBACK | U1   | run-1 50    | rollback by U1 (name-U1): by button in Slack; the release takes it up at its next look
          Bake     | PROMOTE  | U1   | run-1 25    | no promote: it was meant for 25 %, and the release is at 50 %
          Bake     | CONTINUE | U1   | run-1 50    | no continue: the release is not paused
          Bake     | PAUSE    | U1   | run-1 50 c0 | no pause: the release has taken up another command since its message showed this
          Bake     | PROMOTE  | U1   | run-1 50 c0 | no promote: the release has taken up another command since its message showed this
          Bake     | ROLLBACK | U1   | run-1 50 c0 | rollback by U1 (name-U1): by button in Slack; the release takes it up at its next look
          Bake     | ROLLBACK | U9   | run-1 50    | You may not decide this: you are not in this stack's list of approvers. Nothing was done.
          Bake     | ROLLBACK | U1   | run-2 50    | there is no deployment run-2
          ScaleIn  | ROLLBACK | U1   | run-1 100   | no rollback: the old version is going, so the way out is forward
          Released | ROLLBACK | U1   | run-1 100   | no rollback: the release is over
          """)
  void aClickIsACommandIfItIsLegalAndOneOfTheApprovers(
      String state, Command command, String user, String value, String told) {
    bench.executions.enter(state, Sample.at(1));

    assertThat(send(bench, command, user, value)).isEqualTo(200);

    assertThat(bench.messenger.whispers).singleElement().asString().startsWith(told);
    assertThat(bench.commands.stored != null).isEqualTo(told.startsWith(command.label() + WHO));
    assertThat(bench.messenger.replaced).isEmpty();
  }

  /** The author of the release is an@example.com. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          command  | approvers                            | counts
          PROMOTE  | U1=an@example.com                    | false
          CONTINUE | U1=an@example.com                    | false
          PAUSE    | U1=an@example.com                    | true
          ROLLBACK | U1=an@example.com                    | true
          PROMOTE  | U1                                   | false
          PROMOTE  | U1=ada@example.com,U2=an@example.com | true
          CONTINUE | U1=ada@example.com,U2=an@example.com | true
          """)
  void theAuthorMayStopAReleaseAndNotLetItGoOn(Command command, String approvers, boolean counts) {
    CallbackBench other = new CallbackBench(TestConfig.of(approvers, false));
    boolean wasPaused = command == Command.CONTINUE;
    other.executions.enter("Bake", wasPaused ? paused() : Sample.at(1));

    send(other, command, "U1", wasPaused ? "run-1 50 c1" : "run-1 50");

    assertThat(other.commands.stored != null).isEqualTo(counts);
    assertThat(other.messenger.whispers)
        .singleElement()
        .asString()
        .startsWith(
            counts ? command.label() + WHO : "no %s: its author".formatted(command.label()));
  }

  @Test
  void theSameClickSentAgainIsOneCommand() {
    send(bench, Command.PAUSE, "U1", "run-1 50");
    var stored = bench.commands.stored;
    String id = stored.document().id();

    send(bench, Command.PAUSE, "U1", "run-1 50");
    assertThat(bench.commands.stored).isSameAs(stored);
    assertThat(bench.messenger.whispers.get(1)).isEqualTo(bench.messenger.whispers.get(0));

    bench.executions.enter("Bake", told(Sample.at(1), id, "the continue"));
    send(bench, Command.PAUSE, "U1", "run-1 50");
    assertThat(bench.commands.stored).isSameAs(stored);
    assertThat(bench.messenger.whispers.get(2)).startsWith("no pause: the release has taken up");
  }

  @Test
  void anotherClickWhileOneWaitsIsTold() {
    send(bench, Command.PAUSE, "U1", "run-1 50");
    send(bench, Command.PROMOTE, "U2", "run-1 50");
    assertThat(bench.commands.stored.document().command()).isEqualTo(Command.PAUSE);
    assertThat(bench.messenger.whispers.get(1))
        .startsWith("another command waits to be taken up")
        .endsWith("pause" + WHO);
  }

  @Test
  void aRollbackEndsTheQuestion() {
    bench.approvals.posted("run-1", new PostedApproval(bench.pending.nonce(), null, null));
    bench.executions.enter("RequestApproval", Sample.at(3));
    send(bench, Command.ROLLBACK, "U1", "run-1 100");
    assertThat(bench.tasks.answers).containsExactly("failed: ApprovalRejected, rollback" + WHO);
  }

  @Test
  void aCommandThatCannotBeStoredIsToldToBeClickedAgain() {
    bench.commands.broken = true;
    assertThat(send(bench, Command.PAUSE, "U1", "run-1 50")).isEqualTo(200);
    assertThat(bench.messenger.whispers).containsExactly(ApprovalMessages.TRY_AGAIN);
  }

  @ParameterizedTest
  @CsvSource({"''", "run-1", "run-1 x", "run-1 5000", "../locks/x 50", "run-1 50 c1 c2"})
  void aValueThatIsNoneOfOursIsMalformed(String value) {
    assertThat(send(bench, Command.ROLLBACK, "U1", value)).isEqualTo(400);
    assertThat(bench.commands.stored).isNull();
  }

  @ParameterizedTest
  @CsvSource({"''", "now", "../x", "1700000001 1"})
  @SuppressWarnings("unchecked")
  void aTimeThatIsNoneOfSlacksIsMalformed(String at) {
    Map<String, Object> click = bench.click(Command.ROLLBACK, "U1", "run-1 50");
    ((List<Map<String, Object>>) click.get("actions")).get(0).put("action_ts", at);
    assertThat(bench.send(bench.request(click))).isEqualTo(400);
    assertThat(bench.commands.stored).isNull();
  }

  @Test
  void aClickOfAnotherWorkspaceIsTurnedAway() {
    Map<String, Object> click = bench.click(Command.ROLLBACK, "U1", "run-1 50");
    click.put("team", Map.of("id", "T2"));
    assertThat(bench.send(bench.request(click))).isEqualTo(401);
    assertThat(bench.commands.stored).isNull();
    assertThat(bench.messenger.whispers).isEmpty();
  }
}
