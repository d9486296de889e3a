package io.crossfade.plan;

import io.crossfade.release.CheckOverride;
import io.crossfade.release.Release;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Keeps releases from starting while the load balancer has more requests than the stack says. */
@ApplicationScoped
public class BusyGate {
  private final RequestRate rate;
  private final PlanConfig config;

  public BusyGate(RequestRate rate, PlanConfig config) {
    this.rate = rate;
    this.config = config;
  }

  /**
   * Why a release may not start now; empty if it may. CloudWatch is asked only if that decides.
   *
   * @throws io.crossfade.release.TransientFailure if it cannot be told
   */
  Optional<String> refusal(Release release, Instant now) {
    int most = config.busyRequestsPerMinute();
    if (most == 0 || release.overrides(CheckOverride.Check.BUSY)) {
      return Optional.empty();
    }
    long found = rate.highest(release.ruleArn(), now);
    return found <= most
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the load balancer had %,d requests in one of the last %d minutes, and releases"
                    + " start at %,d a minute at most; wait until it is quieter, or override busy"
                    + " with a reason",
                found,
                RequestRate.MINUTES,
                most));
  }
}
