package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.bench.BenchOptions.Part;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {
  private static BenchOptions options(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.putAll(Map.of(namesAndValues[i], namesAndValues[i + 1]));
    }
    return BenchOptions.from(properties);
  }

  @Test
  void byDefaultEverythingIsMeasuredTwentyTimesAndNoDocumentIsTouched() {
    BenchOptions all = new BenchOptions(20, Set.of(Part.values()), false);
    assertThat(options()).isEqualTo(all);
    assertThat(options("bench.runs", "", "bench.parts", "", "bench.docs", "")).isEqualTo(all);
  }

  @Test
  void someOfItCanBeChosen() {
    assertThat(
            options("bench.runs", "1", "bench.parts", "cold-start, scale", "bench.docs", "write"))
        .isEqualTo(new BenchOptions(1, Set.of(Part.COLD_START, Part.SCALE), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # option    | value | problem
          bench.runs  | 0     | bench.runs: expected 1 to 1000, found 0
          bench.runs  | 1001  | bench.runs: expected 1 to 1000, found 1001
          bench.runs  | many  | bench.runs: expected 1 to 1000, found "many"
          bench.docs  | yes   | bench.docs: expected write or nothing, found "yes"
          bench.parts | warm  | bench.parts: expected some of cold-start, release, reaction, scale, visitors, account, found "warm"
          """)
  void whatIsWrongIsSaid(String option, String value, String problem) {
    assertThatThrownBy(() -> options(option, value)).hasMessage(problem);
  }
}
