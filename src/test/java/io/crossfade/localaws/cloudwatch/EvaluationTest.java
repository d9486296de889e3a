package io.crossfade.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

class EvaluationTest {
  /** Figures are newest first, "-" is no data; the alarm was OK before and fires above 5. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          9 9 9 , 3 , missing      , ALARM
          9 9 1 , 3 , missing      , OK
          9 1 9 , 2 , missing      , ALARM
          5 5 5 , 3 , missing      , OK
          - - - , 3 , missing      , INSUFFICIENT_DATA
          - - - , 3 , ignore       , OK
          - - - , 3 , notBreaching , OK
          - - - , 3 , breaching    , ALARM
          9 - - , 3 , breaching    , ALARM
          9 - - , 3 , notBreaching , OK
          9 - - , 1 , notBreaching , ALARM
          1 - - , 3 , missing      , OK
          """)
  void theStateFollowsTheFigures(String figures, int needed, String missing, StateValue expected) {
    MetricAlarm alarm =
        MetricAlarm.builder()
            .evaluationPeriods(3)
            .datapointsToAlarm(needed)
            .threshold(5.0)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .treatMissingData(missing)
            .stateValue(StateValue.OK)
            .build();
    List<OptionalDouble> read =
        Arrays.stream(figures.split(" "))
            .map(
                f ->
                    f.equals("-")
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Double.parseDouble(f)))
            .toList();
    assertThat(AlarmEvaluation.of(alarm, read).state()).isEqualTo(expected);
  }
}
