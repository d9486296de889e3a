package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {
  private static Samples samples(String text) {
    return new Samples(Arrays.stream(text.split(" ")).map(Double::valueOf).toList());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # samples,       median, p99
          7,               7,      7
          9 1,             5,      9
          3 1 2,           2,      3
          4 1 3 2,         2.5,    4
          5 5 5 5 500,     5,      500
          """)
  void medianIsTheMiddleAndTheNinetyNinthOfFewIsTheLargest(String text, double median, double p99) {
    assertThat(samples(text).median()).isEqualTo(median);
    assertThat(samples(text).p99()).isEqualTo(p99);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # samples from 1 to, p99
          99,  99
          100, 99
          101, 100
          200, 198
          """)
  void ninetyNinthOfManyIsByNearestRank(int number, double p99) {
    List<Double> values =
        new ArrayList<>(IntStream.rangeClosed(1, number).mapToObj(Double::valueOf).toList());
    Collections.reverse(values);
    assertThat(new Samples(values).p99()).isEqualTo(p99);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # one,   other,    ratio
          10,      20,       0.5
          20,      10,       2
          1 2 900, 4 4 4,    0.5
          """)
  void ratioIsOfTheMedians(String one, String other, double ratio) {
    assertThat(samples(one).ratioTo(samples(other))).isCloseTo(ratio, within(1e-9));
  }

  @Test
  void nothingIsNoSample() {
    assertThatThrownBy(() -> new Samples(List.of())).hasMessage("no sample");
    assertThatThrownBy(() -> Samples.of(1.0, Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> Samples.of(1.0).ratioTo(Samples.of(0.0)))
        .hasMessage("nothing is a multiple of 0");
  }
}
