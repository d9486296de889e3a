package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavingTest {
  @Test
  void eachRoundHasEverythingOnceAndBeginsWithAnother() {
    assertThat(Interleaving.rounds(List.of("a", "b", "c"), 4))
        .containsExactly(
            List.of("a", "b", "c"),
            List.of("b", "c", "a"),
            List.of("c", "a", "b"),
            List.of("a", "b", "c"));
  }

  @Test
  void noRoundsAndNothingToRunAreNothing() {
    assertThat(Interleaving.rounds(List.of("a"), 0)).isEmpty();
    assertThat(Interleaving.rounds(List.of(), 2)).containsExactly(List.of(), List.of());
  }
}
