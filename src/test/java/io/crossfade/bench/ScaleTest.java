package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  private static List<Scale.Timed> calls(String operation, String seconds) {
    return Arrays.stream(seconds.split(" "))
        .map(second -> new Scale.Timed(operation, Double.parseDouble(second)))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # seconds,               most
          3,                       1
          0 0.5 1.0 1.4,           3
          0 1 2 3,                 1
          7.9 7.95 8.0 8.05 8.89,  5
          5 4.2 4.6 9,             3
          """)
  void busiestSecondMayBeginAtAnyCall(String seconds, long most) {
    assertThat(Scale.busiest(calls("ecs:DescribeServices", seconds)))
        .isEqualTo(Map.of("ecs:DescribeServices", most));
  }

  @Test
  void eachOperationIsCountedByItself() {
    List<Scale.Timed> calls =
        Stream.concat(calls("a", "1 1.1 1.2").stream(), calls("b", "1 5").stream()).toList();
    assertThat(Scale.busiest(calls)).isEqualTo(Map.of("a", 3L, "b", 1L));
  }
}
