package io.crossfade.gate;

import java.time.Instant;

/**
 * One whole minute of request counts as CloudWatch has it.
 *
 * @param stable requests on the stable group; null when CloudWatch has no data point
 * @param canary requests on the canary group; null when CloudWatch has no data point
 */
public record RequestMinute(Instant start, Double stable, Double canary) {
  public boolean quiet() {
    return stable == null || stable == 0;
  }
}
