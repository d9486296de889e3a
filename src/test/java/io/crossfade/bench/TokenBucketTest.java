package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
  /** What the last of the calls gets. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # size | a second | calls come at   | the last has its token at
          1      | 10       | 5               | 5
          3      | 10       | 0 0 0           | 0
          3      | 10       | 0 0 0 0         | 0.1
          3      | 10       | 0 0 0 0 0       | 0.2
          3      | 10       | 0 0 0 0.1       | 0.1
          3      | 10       | 0 0 0 1 1 1     | 1
          3      | 10       | 0 0 0 1 1 1 1   | 1.1
          1      | 2        | 0 0 0 9         | 9
          """)
  void whoFindsItEmptyWaits(double size, double perSecond, String calls, double granted) {
    TokenBucket bucket = new TokenBucket(size, perSecond);
    double last =
        Arrays.stream(calls.split(" "))
            .mapToDouble(Double::parseDouble)
            .map(bucket::take)
            .reduce(Double.NaN, (earlier, later) -> later);
    assertThat(last).isCloseTo(granted, within(1e-9));
  }

  @Test
  void bucketWithoutASizeOrARateIsRefused() {
    assertThatThrownBy(() -> new TokenBucket(0, 1)).hasMessageContaining("a size and a rate");
    assertThatThrownBy(() -> new TokenBucket(1, 0)).hasMessageContaining("a size and a rate");
  }
}
