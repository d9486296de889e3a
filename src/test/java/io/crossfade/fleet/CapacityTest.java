package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Sample;
import io.crossfade.release.ServiceState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {
  @ParameterizedTest
  @CsvSource({
    "2, 2, 2, 2",
    "2, 4, 4, 4",
    "4, 2, 2, 4",
    "2, 2, 3, 3",
    "2, 3, 2, 3",
    "0, 0, 0, 1",
  })
  void theNewVersionStartsWithAsMuchAsTheLiveOneEverHad(
      int planned, int desired, int running, int needed) {
    ServiceState state = new ServiceState("backend-blue", Sample.OLD, planned);
    assertThat(Capacity.needed(state, ServiceSample.blue(desired, running))).isEqualTo(needed);
  }
}
