package io.crossfade.traffic;

import java.time.Instant;

/**
 * One whole minute of request counts as CloudWatch has it.
 *
 * @param old requests on the old group; null when CloudWatch has no data point
 * @param fresh requests on the new group; null when CloudWatch has no data point
 */
public record Minute(Instant start, Double old, Double fresh) {
  boolean quiet() {
    return old == null || old == 0;
  }
}
