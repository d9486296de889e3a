package io.crossfade.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.gate.AlarmPolicy.Action;
import io.crossfade.release.Decision;
import io.crossfade.release.Sample;
import io.crossfade.release.Versioned;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLookTest {
  /** What is wrong anyway is the cause, whatever a person says at the same time. */
  @ParameterizedTest
  @CsvSource({
    "ROLLBACK, WAIT,      ROLL_BACK, true",
    "ROLLBACK, ROLL_BACK, ROLL_BACK, false",
    "PROMOTE,  WAIT,      WAIT,      false",
  })
  void theDocumentTellsWhetherACommandTurnedItBack(
      Command given, Action policy, Action decided, boolean rolledBack) {
    var look = new CommandLook(new OneCommand(given));

    var commanded =
        look.decide(
            Sample.at(1),
            CommandStage.BAKING,
            Sample.START.plusSeconds(60),
            Action.ROLL_BACK,
            told -> Decision.of(policy, "policy"));

    assertThat(commanded.decision().action()).isEqualTo(decided);
    assertThat(commanded.deployment().commands().rolledBack()).isEqualTo(rolledBack);
  }

  private record OneCommand(Command command) implements CommandStore {
    @Override
    public Optional<Versioned<GivenCommand>> last(String deployment) {
      var given =
          new GivenCommand("c1", command, null, "ann", "slow", Sample.START.plusSeconds(50));
      return Optional.of(new Versioned<>(given, "1"));
    }

    @Override
    public boolean give(
        String deployment, Optional<Versioned<GivenCommand>> found, GivenCommand next) {
      throw new UnsupportedOperationException();
    }
  }
}
