package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Sample;
import io.crossfade.release.ScalingState;
import io.crossfade.release.ServiceState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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

  @Test
  void aLiveServiceThatCannotBeSeenCountsAsPlanned() {
    ServiceState state = new ServiceState("backend-blue", Sample.OLD, 2);
    assertThat(Capacity.needed(state, null)).isEqualTo(2);
  }

  @Test
  void boundsAndFlagsChangePlacesAndTheParkedServiceMaySleep() {
    var before =
        List.of(
            new ScalingState("blue", 2, 6, false, true, false),
            new ScalingState("green", 1, 4, true, false, true));
    ScalingSwap swap = ScalingSwap.of(before, "blue", "green");
    assertThat(swap.canary()).contains(new ScalingState("green", 2, 6, false, true, false));
    assertThat(swap.stable()).contains(new ScalingState("blue", 0, 4, true, false, true));
  }

  @Test
  void whereNothingIsScaledNothingIsHandedOver() {
    assertThat(ScalingSwap.of(List.of(), "blue", "green"))
        .isEqualTo(new ScalingSwap(Optional.empty(), Optional.empty()));
  }
}
