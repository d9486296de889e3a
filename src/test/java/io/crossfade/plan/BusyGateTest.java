package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.release.CheckOverride;
import io.crossfade.release.CheckOverride.Check;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusyGateTest {
  private final List<String> asked = new ArrayList<>();

  private Optional<String> refusal(int most, long found, Check overridden) {
    CheckOverride override =
        overridden == null ? null : new CheckOverride(List.of(overridden), "An", "so");
    return gate(
            most,
            (rule, now) -> {
              asked.add(rule);
              return found;
            })
        .refusal(Sample.release(List.of(), override), Sample.START);
  }

  private static BusyGate gate(int most, RequestRate rate) {
    return new BusyGate(rate, new Limit(most));
  }

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          limit, found, override, asked, refused
          0,     9999,          , false, false
          1000,  0,             , true,  false
          1000,  1000,          , true,  false
          1000,  1001,          , true,  true
          1000,  1001,  BUSY,     false, false
          1000,  1001,  FROZEN,   true,  true
          """)
  void aReleaseStartsUpToTheLimit(
      int limit, long found, Check override, boolean isAsked, boolean refused) {
    assertThat(refusal(limit, found, override).isPresent()).isEqualTo(refused);
    assertThat(asked).isEqualTo(isAsked ? List.of(Sample.RULE) : List.of());
  }

  @Test
  void theRefusalHasTheRateTheLimitAndTheRemedy() {
    assertThat(refusal(1000, 1234, null))
        .contains(
            "the load balancer had 1,234 requests in one of the last 5 minutes, and releases start"
                + " at 1,000 a minute at most; wait until it is quieter, or override busy with a"
                + " reason");
  }

  @Test
  void whatCannotBeToldIsNoLeaveToStart() {
    BusyGate gate =
        gate(
            1000,
            (rule, now) -> {
              throw new TransientFailure("CloudWatch is away");
            });
    assertThatThrownBy(() -> gate.refusal(Sample.release(), Sample.START))
        .isInstanceOf(TransientFailure.class);
  }

  private record Limit(int busyRequestsPerMinute) implements PlanConfig {
    @Override
    public Optional<String> cluster() {
      return Optional.empty();
    }

    @Override
    public int bakeSeconds() {
      return 300;
    }

    @Override
    public boolean allowSkippedApproval() {
      return false;
    }

    @Override
    public boolean allowOverrides() {
      return true;
    }
  }
}
