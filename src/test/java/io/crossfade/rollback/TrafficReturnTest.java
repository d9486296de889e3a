package io.crossfade.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.Service;
import io.crossfade.fleet.ServiceSample;
import io.crossfade.release.Deployment;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import io.crossfade.rollback.TrafficReturn.Action;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether traffic may go back: the most dangerous decision there is. */
class TrafficReturnTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          healthy: stable | canary | action
          2               | 2      | TURN_BACK
          2               | 0      | TURN_BACK
          1               | 5      | TURN_BACK
          1               | 0      | TURN_BACK
          0               | 1      | START_TASKS_FIRST
          0               | 5      | START_TASKS_FIRST
          0               | 0      | TURN_BACK
          """,
      useHeadersInDisplayName = true)
  void trafficGoesToNobodyOnlyWhereNobodyIsLeftOnTheOtherSideEither(
      int stable, int canary, Action action) {
    assertThat(TrafficReturn.decide(stable, () -> canary)).isEqualTo(action);
  }

  /** What cannot be read of the canary does not stand in the way of a healthy stable group. */
  @Test
  void theCanaryIsNotAskedWhereTheStableGroupCanAnswer() {
    assertThat(
            TrafficReturn.decide(
                1,
                () -> {
                  throw new IllegalStateException("the load balancer does not say");
                }))
        .isEqualTo(Action.TURN_BACK);
  }

  /**
   * The snapshot has 2 tasks on blue, and 6 as its maximum; missing is what blue must be asked for,
   * - for nothing.
   */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          blue | green | asked for
          2    | 0     | -
          2    | 2     | -
          2    | 6     | 6
          2    | 7     | 6
          6    | 7     | -
          5    | 3     | -
          3    | 5     | 5
          1    | 0     | 2
          0    | 0     | 2
          0    | 1     | 2
          2    | -     | -
          1    | -     | 2
          -    | 7     | -
          """,
      useHeadersInDisplayName = true)
  void theStableServiceGetsAsManyTasksAsAnyOfThemHadOrHas(
      Integer blue, Integer green, Integer askedFor) {
    assertThat(TrafficReturn.missingTasks(Sample.at(1), running(blue, green)))
        .isEqualTo(askedFor == null ? OptionalInt.empty() : OptionalInt.of(askedFor));
  }

  @ParameterizedTest
  @CsvSource({"-1, false, false", "0, false, true", "3, false, true", "3, true, false"})
  void aFirstLookMayFollowATryThatGotNoFurtherThanTheRule(
      int step, boolean begun, boolean interrupted) {
    Deployment deployment = Sample.at(step);
    Deployment before =
        begun ? deployment.with(new Restoration("bad", Sample.START, null)) : deployment;
    assertThat(TrafficReturn.mayHaveBeenInterrupted(before)).isEqualTo(interrupted);
  }

  private static Map<String, Service> running(Integer blue, Integer green) {
    Map<String, Service> services = new TreeMap<>();
    if (blue != null) {
      services.put("backend-blue", ServiceSample.blue(blue, blue));
    }
    if (green != null) {
      services.put("backend-green", ServiceSample.green(green, green));
    }
    return services;
  }
}
