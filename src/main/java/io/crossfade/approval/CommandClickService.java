package io.crossfade.approval;

import io.crossfade.command.CommandResult;
import io.crossfade.command.CommandService;
import io.crossfade.command.RevertService;
import io.crossfade.slack.Mrkdwn;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Function;

/** Gives the command of a click that surely comes from Slack, if it is an approver's. */
@ApplicationScoped
public class CommandClickService {
  private final CommandService commands;
  private final RevertService reverts;
  private final ClickAnswers answers;

  public CommandClickService(CommandService commands, RevertService reverts, ClickAnswers answers) {
    this.commands = commands;
    this.reverts = reverts;
    this.answers = answers;
  }

  void take(CommandClick click, Instant now, ResponseDeadline deadline) {
    take(
        click.by(),
        click.shown().deployment(),
        deadline,
        id ->
            commands.give(
                id, click.given(now), release -> click.problem(release, answers.approvers())));
  }

  void take(RevertClick click, ResponseDeadline deadline) {
    take(
        click.by(),
        click.deployment(),
        deadline,
        id -> reverts.revert(id, click.by().idAndName(), CommandClick.WHY));
  }

  private void take(
      Clicker by, String id, ResponseDeadline deadline, Function<String, CommandResult> command) {
    answers.toApprover(
        by,
        deadline,
        answer -> {
          String sentence = command.apply(id).sentence();
          answer.whisper("%s: %s".formatted(id, sentence), Mrkdwn.escape(sentence));
        });
  }
}
