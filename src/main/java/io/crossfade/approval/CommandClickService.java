package io.crossfade.approval;

import io.crossfade.command.CommandResult;
import io.crossfade.command.CommandService;
import io.crossfade.slack.Mrkdwn;
import io.crossfade.slack.SlackConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Gives the command of a click that surely comes from Slack, if it is an approver's. */
@ApplicationScoped
public class CommandClickService {
  private final CommandService commands;
  private final ClickAnswers answers;
  private final Approvers approvers;

  public CommandClickService(CommandService commands, ClickAnswers answers, SlackConfig config) {
    this.commands = commands;
    this.answers = answers;
    this.approvers = ClickService.approvers(config);
  }

  void take(CommandClick click, Instant now, ResponseDeadline deadline) {
    answers.toApprover(click.by(), deadline, approvers, () -> give(click, now, deadline));
  }

  private void give(CommandClick click, Instant now, ResponseDeadline deadline) {
    String id = click.shown().deployment();
    CommandResult result =
        commands.give(id, click.given(now), release -> click.problem(release, approvers));
    answers.whisper(
        click.by(),
        deadline,
        "%s: %s".formatted(id, result.sentence()),
        Mrkdwn.escape(result.sentence()));
  }
}
