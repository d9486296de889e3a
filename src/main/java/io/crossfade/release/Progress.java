package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * How far a deployment is.
 *
 * @param step index of the step the rule is on, -1 before the first
 * @param weights what was last written to the rule
 * @param capacity healthy targets the canary colour must have to be given traffic
 * @param since when the present phase began
 * @param passes polls in a row that passed
 * @param trafficSince when the canary colour was first given traffic; null until then
 */
public record Progress(
    int step, Weights weights, int capacity, Instant since, int passes, Instant trafficSince) {
  public Progress {
    requireNonNull(weights);
    requireNonNull(since);
  }

  public static Progress begin(Instant now) {
    return new Progress(-1, Weights.ALL_STABLE, 0, now, 0, null);
  }

  public Progress scaledOut(int needed, Instant now) {
    return new Progress(step, weights, needed, now, 0, trafficSince);
  }

  public Progress shifted(int nextStep, Weights written, Instant now) {
    Instant first = trafficSince == null ? now : trafficSince;
    return new Progress(nextStep, written, capacity, now, 0, first);
  }

  public Progress passed(int inARow) {
    return new Progress(step, weights, capacity, since, inARow, trafficSince);
  }

  public Progress sinceThen(Instant later) {
    return new Progress(step, weights, capacity, later, passes, trafficSince);
  }
}
