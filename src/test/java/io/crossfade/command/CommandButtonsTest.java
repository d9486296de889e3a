package io.crossfade.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.execution.FakeExecutions;
import io.crossfade.localaws.slack.BlockKit;
import io.crossfade.release.CommandState;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Phase;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandButtonsTest {
  private static Deployment in(Phase phase, int step) {
    Deployment deployment = Sample.at(step);
    return deployment.with(deployment.progress().in(phase));
  }

  private static CommandState paused() {
    return CommandState.NONE.withPause(
        new Pause("ann", "slow", Sample.START, Sample.START.plusSeconds(3600)));
  }

  private static JsonNode blocks(Deployment deployment) {
    JsonNode blocks =
        FakeExecutions.JSON.valueToTree(CommandButtons.of(deployment).stream().toList());
    assertThat(BlockKit.problems(blocks)).isEmpty();
    return blocks;
  }

  private static String shown(Deployment deployment) {
    return String.join(" ", blocks(deployment).findValuesAsText("action_id"))
        .replace("crossfade_", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          phase             | step | paused | used | buttons
          PLANNED           | -1   | false  | 0    | ''
          SCALED_OUT        | -1   | false  | 0    | rollback
          SHIFTED           | 0    | false  | 0    | pause promote rollback
          BAKING            | 1    | false  | 0    | pause promote rollback
          BAKING            | 1    | true   | 0    | continue promote rollback
          BAKING            | 1    | false  | 3540 | pause promote rollback
          BAKING            | 1    | false  | 3541 | promote rollback
          AWAITING_APPROVAL | 3    | false  | 0    | rollback
          DRAINING          | 3    | false  | 0    | rollback
          """)
  void thereIsAButtonForEachCommandThatIsLegal(
      Phase phase, int step, boolean isPaused, int used, String buttons) {
    CommandState commands =
        isPaused ? paused() : new CommandState(null, null, used, -1, null, false);
    assertThat(shown(in(phase, step).with(commands))).isEqualTo(buttons);
  }

  @Test
  void whatIsPutBackHasNone() {
    Deployment back = Sample.at(1).with(new Restoration("an alarm", Sample.START, null));
    assertThat(CommandButtons.of(back)).isEmpty();
  }

  /** Where the document tells the same as the state, a click on what is shown is legal. */
  @ParameterizedTest
  @EnumSource(Command.class)
  void aButtonCarriesWhatItsCommandNeeds(Command command) {
    Deployment deployment =
        Sample.at(1)
            .with((command == Command.CONTINUE ? paused() : CommandState.NONE).withTaken("c1"));
    JsonNode button =
        blocks(deployment).findParents("action_id").stream()
            .filter(b -> b.get("action_id").asText().equals(CommandButtons.actionId(command)))
            .findFirst()
            .orElseThrow();
    assertThat(button.get("value").asText()).isEqualTo("run-1 50 c1");
    assertThat(ShownRelease.read("run-1 50 c1")).contains(new ShownRelease("run-1", 50, "c1"));
    assertThat(button.has("confirm")).isEqualTo(command == Command.ROLLBACK);
    assertThat(CommandButtons.command(button.get("action_id").asText())).contains(command);
  }

  @Test
  void beforeTheFirstCommandNoneWasTaken() {
    assertThat(ShownRelease.of(Sample.at(0)).value()).isEqualTo("run-1 25");
    assertThat(ShownRelease.read("run-1 25")).contains(new ShownRelease("run-1", 25, null));
    assertThat(CommandButtons.command("crossfade_approve")).isEqualTo(Optional.empty());
    assertThat(List.of(Command.values())).hasSize(4);
  }
}
