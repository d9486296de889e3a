package io.crossfade.command;

import io.crossfade.release.Deployment;
import io.crossfade.slack.Blocks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The buttons of a release's message: one for each command that is legal where it is. */
public final class CommandButtons {
  private static final String ACTION = "crossfade_";
  private static final String BLOCK = "crossfade_commands";

  /** The action of the button that takes a release back. */
  public static final String REVERT = ACTION + "revert";

  private CommandButtons() {}

  /**
   * @param deployment that is planned and has not ended
   * @return empty where no command is legal
   */
  public static Optional<Map<String, Object>> of(Deployment deployment) {
    ShownRelease shown = ShownRelease.of(deployment);
    CommandStage stage = CommandStage.of(deployment);
    List<Map<String, Object>> buttons =
        Arrays.stream(Command.values())
            .filter(
                command ->
                    CommandPolicy.problem(command, shown.weight(), stage, deployment).isEmpty())
            .map(command -> button(command, deployment, shown.value()))
            .toList();
    return buttons.isEmpty() ? Optional.empty() : Optional.of(Blocks.actions(BLOCK, buttons));
  }

  /**
   * @param deployment whose build went live
   * @return empty for one that has taken another back: to go forward again is to let that build out
   *     once more, about which no button asks a second person
   */
  public static Optional<Map<String, Object>> ofReleased(Deployment deployment) {
    if (deployment.release().revert() != null) {
      return Optional.empty();
    }
    Map<String, Object> confirm =
        Blocks.confirm(
            "Take it back?",
            "%s goes back to the version before, if nothing was released since."
                .formatted(deployment.title()));
    return Optional.of(
        Blocks.actions(
            BLOCK, List.of(Blocks.button(REVERT, "Revert", deployment.id(), "danger", confirm))));
  }

  private static Map<String, Object> button(Command command, Deployment deployment, String value) {
    return switch (command) {
      case PAUSE -> Blocks.button(actionId(command), "Pause", value, null, null);
      case CONTINUE -> Blocks.button(actionId(command), "Continue", value, "primary", null);
      case PROMOTE -> Blocks.button(actionId(command), "Promote", value, null, null);
      case ROLLBACK ->
          Blocks.button(
              actionId(command),
              "Roll back",
              value,
              "danger",
              Blocks.confirm(
                  "Roll back?",
                  deployment.release().revert() == null
                      ? "%s is put back exactly as it was.".formatted(deployment.title())
                      : "The version that is being taken back gets all traffic again."));
    };
  }

  public static String actionId(Command command) {
    return ACTION + command.label();
  }

  /** The command of a button; empty if it is none of these. */
  public static Optional<Command> command(String actionId) {
    return Arrays.stream(Command.values())
        .filter(command -> actionId(command).equals(actionId))
        .findFirst();
  }
}
