package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.gate.CountedRequests.Metric;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountedRequestsTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final CountedRequests counted =
      new CountedRequests(
          Map.of(
              Metric.STABLE_REQUESTS, Map.of(NOON, 3.0, NOON.plusSeconds(180), 4.0),
              Metric.CANARY_REQUESTS, Map.of(NOON.plusSeconds(60), 5.0)));

  @Test
  void onlyWholeMinutesCount() {
    assertThat(counted.minutes(NOON.plusSeconds(1), NOON.plusSeconds(239)))
        .containsExactly(
            new RequestMinute(NOON.plusSeconds(60), null, 5.0),
            new RequestMinute(NOON.plusSeconds(120), null, null));
    assertThat(counted.minutes(NOON, NOON.plusSeconds(60)))
        .containsExactly(new RequestMinute(NOON, 3.0, null));
  }

  @Test
  void everyStatusOfAGroupIsAnAnswer() {
    assertThat(Metric.OF_STABLE).isEqualTo(metrics("STABLE_.XX"));
    assertThat(Metric.OF_CANARY).isEqualTo(metrics("CANARY_.XX"));
  }

  private static Metric[] metrics(String names) {
    return Stream.of(Metric.values()).filter(m -> m.name().matches(names)).toArray(Metric[]::new);
  }

  @Test
  void betweenTwoWholeMinutesThereIsNone() {
    assertThat(counted.minutes(NOON.plusSeconds(1), NOON.plusSeconds(119))).isEmpty();
    assertThat(counted.minutes(NOON.plusSeconds(30), NOON)).isEmpty();
  }

  @Test
  void theCanarysOwnMinutesTellWhatIsNew() {
    assertThat(counted.newestOfCanary()).contains(NOON.plusSeconds(60));
    assertThat(new CountedRequests(Map.of()).newestOfCanary()).isEmpty();
  }
}
