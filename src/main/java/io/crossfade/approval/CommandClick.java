package io.crossfade.approval;

import io.crossfade.command.Command;
import io.crossfade.command.GivenCommand;
import io.crossfade.command.ShownRelease;
import io.crossfade.release.Deployment;
import java.time.Instant;
import java.util.Optional;

/**
 * A click on one of the buttons of a release's message.
 *
 * @param shown the release as the message showed it
 * @param at when it was clicked, by Slack's clock and in Slack's words; two clicks of a person
 *     differ in it
 */
record CommandClick(Clicker by, Command command, ShownRelease shown, String at)
    implements InteractionPayload {
  private static final String AT = "[0-9.]{1,32}";

  /** There is no room for more beside a button. */
  private static final String WHY = "by button in Slack";

  private static final String OWN_RELEASE =
      "its author may not be the one to let it go on, and could not be told apart from you;"
          + " you may pause it or roll it back";

  static Optional<InteractionPayload> of(Clicker by, Command command, String value, String at) {
    return at.matches(AT)
        ? ShownRelease.read(value).map(shown -> new CommandClick(by, command, shown, at))
        : Optional.empty();
  }

  /** The same click, sent again, is the same command. */
  GivenCommand given(Instant now) {
    return new GivenCommand(
        by.userId() + "-" + at,
        command,
        command == Command.PROMOTE ? shown.weight() : null,
        by.idAndName(),
        WHY,
        now);
  }

  /**
   * Why it does not count although the command is legal where the release is. Everybody on the list
   * may stop a release, as everybody may reject it.
   *
   * @param approvers who include the one who clicked
   */
  Optional<String> problem(Deployment now, Approvers approvers) {
    boolean lets =
        switch (command) {
          case PROMOTE, CONTINUE -> true;
          case PAUSE, ROLLBACK -> false;
        };
    return lets && !approvers.mayApprove(by.userId(), now.release().author())
        ? Optional.of(OWN_RELEASE)
        : shown.problem(command, now);
  }
}
