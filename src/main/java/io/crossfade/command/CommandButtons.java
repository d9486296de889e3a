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
                  "Roll back?", "%s is put back exactly as it was.".formatted(deployment.title())));
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
