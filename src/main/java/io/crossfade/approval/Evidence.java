package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

import io.crossfade.fleet.CanaryHealth;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.RequestTotals;
import io.crossfade.release.Comparison;
import io.crossfade.release.Deployment;
import io.crossfade.release.Weights;
import java.time.Instant;
import java.util.List;

/**
 * What a person decides on: what was seen just before they were asked.
 *
 * @param healthy healthy targets of the new version
 * @param needed how many it must have
 * @param since when the new version first got traffic
 * @param comparison what it fails against the old one
 */
public record Evidence(
    Weights weights,
    int healthy,
    int needed,
    List<Alarm> alarms,
    RequestTotals totals,
    Instant since,
    Comparison comparison) {
  public Evidence {
    requireNonNull(weights);
    requireNonNull(totals);
    requireNonNull(since);
    comparison = comparison == null ? Comparison.NONE : comparison;
    alarms = List.copyOf(alarms);
  }

  CanaryHealth canary(Deployment deployment) {
    return new CanaryHealth(deployment.target().canary().service(), healthy, needed);
  }
}
