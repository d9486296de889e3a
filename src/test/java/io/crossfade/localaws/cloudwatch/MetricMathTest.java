package io.crossfade.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricMathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          100*e/r | 5
          (e/r)*100 | 5
          e/r*100 | 5
          IF(r>0, 100*e/r, 0) | 5
          IF(r>=41, 1, 0) | 0
          FILL(none, 7) + 1 | 8
          -e + 10 - 3 | 5
          2 + 3 * 4 | 14
          """)
  void errorRatesAreComputed(String expression, double expected) {
    assertThat(value(expression)).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none/r", "e/0", "IF(none>0, 1, 0)", "none"})
  void whatIsMissingStaysMissing(String expression) {
    assertThat(value(expression)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ANOMALY_DETECTION_BAND(e)", "METRICS()", "e ^ 2", "(e", "FILL(e, REPEAT)", ""})
  void everythingElseIsRefusedByName(String expression) {
    assertThatThrownBy(() -> MetricMath.parse(expression))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("not emulated: metric math " + expression);
  }

  @Test
  void theMetricsThatAreReadAreKnown() {
    assertThat(MetricMath.parse("IF(r>0, 100*e/r, 0)").ids()).containsExactly("e", "r");
  }

  private static OptionalDouble value(String expression) {
    return MetricMath.parse(expression)
        .value(Map.of("e", OptionalDouble.of(2), "r", OptionalDouble.of(40)));
  }
}
