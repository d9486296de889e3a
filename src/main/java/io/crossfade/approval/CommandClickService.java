package io.crossfade.approval;

import io.crossfade.command.CommandResult;
import io.crossfade.command.CommandService;
import io.crossfade.command.RevertService;
import io.crossfade.slack.Mrkdwn;
import io.crossfade.slack.SlackConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Gives the command of a click that surely comes from Slack, if it is an approver's. */
@ApplicationScoped
public class CommandClickService {
  private final CommandService commands;
  private final RevertService reverts;
  private final ClickAnswers answers;
  private final Approvers approvers;

  public CommandClickService(
      CommandService commands, RevertService reverts, ClickAnswers answers, SlackConfig config) {
    this.commands = commands;
    this.reverts = reverts;
    this.answers = answers;
    this.approvers = ClickService.approvers(config);
  }

  void take(CommandClick click, Instant now, ResponseDeadline deadline) {
    answers.toApprover(click.by(), deadline, approvers, () -> give(click, now, deadline));
  }

  void take(RevertClick click, ResponseDeadline deadline) {
    answers.toApprover(click.by(), deadline, approvers, () -> revert(click, deadline));
  }

  private void revert(RevertClick click, ResponseDeadline deadline) {
    CommandResult result =
        reverts.revert(click.deployment(), click.by().idAndName(), CommandClick.WHY);
    tell(click.by(), deadline, click.deployment(), result);
  }

  private void give(CommandClick click, Instant now, ResponseDeadline deadline) {
    String id = click.shown().deployment();
    CommandResult result =
        commands.give(id, click.given(now), release -> click.problem(release, approvers));
    tell(click.by(), deadline, id, result);
  }

  private void tell(Clicker by, ResponseDeadline deadline, String id, CommandResult result) {
    answers.whisper(
        by, deadline, "%s: %s".formatted(id, result.sentence()), Mrkdwn.escape(result.sentence()));
  }
}
