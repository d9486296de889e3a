package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultTablesTest {
  private static final List<Measurement> MEASURED =
      List.of(
          measured("check-alarms", "native", "first answer, ms", 80.0, 100.0),
          measured("check-alarms", "native", "peak memory, MiB", 61.0),
          measured("check-alarms", "python", "first answer, ms", 500.0, 700.0),
          measured("shift-traffic", "native", "first answer, ms", 1234.4));

  private static Measurement measured(
      String subject, String variant, String quantity, Double... values) {
    return new Measurement("cold-start", subject, variant, quantity, Samples.of(values));
  }

  @Test
  void rowForEachVariantAndColumnForEachQuantity() {
    assertThat(ResultTables.of(MEASURED))
        .isEqualTo(
            """
            |               | variant | first answer, ms | peak memory, MiB |
            |---------------|---------|-----------------:|-----------------:|
            | check-alarms  | native  |         90 / 100 |               61 |
            | check-alarms  | python  |        600 / 700 |                – |
            | shift-traffic | native  |            1,234 |                – |"""
                .stripIndent());
  }

  @Test
  void ratiosAreAgainstEachOfThoseWithWhichAFunctionIsCompared() {
    assertThat(ResultTables.ratios(MEASURED, "first answer, ms", List.of("python", "node")))
        .contains(
            """
            |               | variant | × python | × node |
            |---------------|---------|---------:|-------:|
            | check-alarms  | native  |     0.15 |      – |
            | shift-traffic | native  |        – |      – |"""
                .stripIndent());
  }

  @Test
  void withNothingToCompareWithThereIsNoTable() {
    assertThat(ResultTables.ratios(MEASURED, "peak memory, MiB", List.of("python"))).isEmpty();
    assertThat(ResultTables.ratios(MEASURED, "first answer, ms", List.of("node"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # value   | shown
          0         | 0
          3         | 3
          3.14159   | 3.14
          31.4159   | 31.4
          314.159   | 314
          3141592.6 | 3,141,593
          -0.5      | -0.50
          """)
  void numberHasThreeDigitsOrSo(double value, String shown) {
    assertThat(ResultTables.number(value)).isEqualTo(shown);
  }

  @Test
  void tableWithARowThatIsTooShortIsRefused() {
    assertThatThrownBy(() -> new MarkdownTable(1, List.of("a", "b"), List.of(List.of("only one"))))
        .hasMessage("every row needs 2 cells");
  }
}
