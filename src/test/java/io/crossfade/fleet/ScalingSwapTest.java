package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Sample;
import io.crossfade.release.ScalingState;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingSwapTest {
  private static final Snapshot BEFORE =
      snapshot(
          new ScalingState("backend-blue", 2, 6, false, true, false),
          new ScalingState("backend-green", 1, 4, true, false, true));

  @Test
  void boundsAndFlagsChangePlacesAndTheParkedServiceMaySleep() {
    ScalingSwap swap = ScalingSwap.of(BEFORE);
    assertThat(swap.canary()).contains(new ScalingState("backend-green", 2, 6, false, true, false));
    assertThat(swap.stable()).contains(new ScalingState("backend-blue", 0, 4, true, false, true));
  }

  @Test
  void whereNothingIsScaledNothingIsWritten() {
    ScalingSwap swap = ScalingSwap.of(snapshot());
    assertThat(swap.canaryWith(2)).isEmpty();
    assertThat(swap.stableBeforeParking(2)).isEmpty();
    assertThat(swap.stable()).isEmpty();
    assertThat(swap.widened(9)).isEmpty();
    assertThat(ScalingSwap.held(snapshot(), blue(2), green(0), 2)).isEmpty();
  }

  /** Every count of tasks, those of now and those to come, is within what is written. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          blue: tasks | bounds | green: tasks | bounds | capacity | blue held | green held
          2           | 2 to 6 | 0            | 0 to 6 | 2        | 2 to 6    | 0 to 6
          2           | 2 to 6 | 0            | 0 to 1 | 2        | 2 to 6    | 0 to 6
          2           | 2 to 6 | 0            | 0 to 9 | 2        | 2 to 6    | 0 to 6
          8           | 2 to 6 | 0            | 0 to 6 | 8        | 2 to 8    | 0 to 8
          1           | 2 to 6 | 0            | 0 to 6 | 2        | 1 to 6    | 0 to 6
          2           | 2 to 2 | 0            | 0 to 0 | 3        | 2 to 2    | 0 to 3
          2           | 2 to 6 | 5            | 5 to 7 | 2        | 2 to 6    | 2 to 6
          2           | 2 to 6 | 7            | 7 to 7 | 2        | 2 to 6    | 2 to 7
          2           | 2 to 6 | 0            | 1 to 6 | 2        | 2 to 6    | 0 to 6
          """,
      useHeadersInDisplayName = true)
  void holdingTheScalingMovesNeitherService(
      int blue,
      String blueBounds,
      int green,
      String greenBounds,
      int capacity,
      String blueHeld,
      String greenHeld) {
    Snapshot before =
        snapshot(bounds("backend-blue", blueBounds), bounds("backend-green", greenBounds));
    assertThat(ScalingSwap.held(before, blue(blue), green(green), capacity))
        .containsExactly(
            bounds("backend-blue", blueHeld).shrinkHeld(),
            bounds("backend-green", greenHeld).shrinkHeld());
  }

  @Test
  void holdingKeepsTheOtherFlags() {
    assertThat(ScalingSwap.held(BEFORE, blue(2), green(1), 2))
        .containsExactly(
            new ScalingState("backend-blue", 2, 6, true, true, false),
            new ScalingState("backend-green", 1, 6, true, false, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          tasks | bounds | told
          2     | 2 to 6 | -
          6     | 2 to 6 | -
          1     | 2 to 6 | -
          7     | 2 to 7 | ; its maximum is 7 now, as it has so many tasks
          """,
      useHeadersInDisplayName = true)
  void noTaskOfTheNewVersionIsCutWhenItGetsItsBounds(int tasks, String bounds, String told) {
    ScalingSwap swap = ScalingSwap.of(BEFORE);
    assertThat(swap.canaryWith(tasks)).map(ScalingSwapTest::bounds).contains(bounds);
    assertThat(swap.widened(tasks)).isEqualTo(told == null ? "" : told);
  }

  /** Its final bounds are 0 to 4. */
  @ParameterizedTest
  @CsvSource({"2, 0 to 4", "5, 0 to 5", "0, 0 to 4"})
  void theOldVersionIsMovedOutOfNoBoundsOnItsWayToNothing(int tasks, String bounds) {
    assertThat(ScalingSwap.of(BEFORE).stableBeforeParking(tasks))
        .map(ScalingSwapTest::bounds)
        .contains(bounds);
    assertThat(ScalingSwap.of(BEFORE).stableBeforeParking(tasks).orElseThrow().inHeld()).isTrue();
  }

  private static Snapshot snapshot(ScalingState... scaling) {
    return new Snapshot(
        Sample.START,
        List.of(Sample.forward(1, 0)),
        new ServiceState("backend-blue", Sample.OLD, 2),
        new ServiceState("backend-green", Sample.PARKED, 0),
        List.of(scaling),
        List.of(),
        List.of(),
        List.of());
  }

  private static ScalingState bounds(String service, String minToMax) {
    String[] bounds = minToMax.split(" to ");
    return new ScalingState(
        service, Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]), false, false, false);
  }

  private static String bounds(ScalingState state) {
    return state.min() + " to " + state.max();
  }

  private static Service blue(int tasks) {
    return ServiceSample.blue(tasks, tasks);
  }

  private static Service green(int tasks) {
    return ServiceSample.green(tasks, tasks);
  }
}
