package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a deployment is.
 *
 * @param phase what it is doing; PLANNED in a document that does not say
 * @param step index of the step the rule is on, -1 before the first
 * @param weights what was last written to the rule
 * @param capacity healthy targets the canary must have to be given traffic
 * @param since when the canary was scaled out; from the first shift on, when the weights were
 *     written
 * @param passes health checks in a row that passed
 * @param trafficSince when the canary was first given traffic; null until then
 * @param shortSince when a look first found too few healthy targets of the canary; null while it
 *     has its full capacity
 * @param sweep the last look through all alarms of the account
 * @param counted the last minute of the canary's requests that CloudWatch has shown; null until one
 *     shows
 */
public record Progress(
    Phase phase,
    int step,
    Weights weights,
    int capacity,
    Instant since,
    int passes,
    Instant trafficSince,
    Instant shortSince,
    AlarmSweep sweep,
    CountedMinute counted) {
  public Progress {
    sweep = sweep == null ? AlarmSweep.NONE : sweep;
    phase = phase == null ? Phase.PLANNED : phase;
    requireNonNull(weights);
    requireNonNull(since);
  }

  public static Progress begin(Instant now) {
    return new Progress(Phase.PLANNED, -1, Weights.ALL_STABLE, 0, now, 0, null, null, null, null);
  }

  public Progress scaledOut(int needed, Instant now) {
    return new Progress(
        Phase.SCALED_OUT, step, weights, needed, now, 0, trafficSince, null, sweep, counted);
  }

  public Progress shifted(int nextStep, Weights written, Instant now) {
    Instant first = trafficSince == null ? now : trafficSince;
    return new Progress(
        Phase.SHIFTED, nextStep, written, capacity, now, 0, first, shortSince, sweep, counted);
  }

  /** The weights were written at this time or before it, and are watched from then on. */
  public Progress baking(Instant writtenAt) {
    Instant begun = writtenAt.isAfter(since) ? writtenAt : since;
    return new Progress(
        Phase.BAKING,
        step,
        weights,
        capacity,
        begun,
        passes,
        trafficSince,
        shortSince,
        sweep,
        counted);
  }

  public Progress in(Phase next) {
    return new Progress(
        next, step, weights, capacity, since, passes, trafficSince, shortSince, sweep, counted);
  }

  public Progress withPasses(int inARow) {
    return new Progress(
        phase, step, weights, capacity, since, inARow, trafficSince, shortSince, sweep, counted);
  }

  public Progress withShortSince(Instant first) {
    return new Progress(
        phase, step, weights, capacity, since, passes, trafficSince, first, sweep, counted);
  }

  /** Whether all alarms of the account have been looked through for the present step. */
  public boolean swept() {
    return sweep.step() == step;
  }

  public Progress withSweep(List<String> found) {
    return new Progress(
        phase,
        step,
        weights,
        capacity,
        since,
        passes,
        trafficSince,
        shortSince,
        new AlarmSweep(step, found),
        counted);
  }

  /**
   * @param newest empty if CloudWatch shows none
   */
  public Progress withCounted(Optional<Instant> newest, Instant now) {
    return new Progress(
        phase,
        step,
        weights,
        capacity,
        since,
        passes,
        trafficSince,
        shortSince,
        sweep,
        newest.map(minute -> CountedMinute.seen(counted, minute, now)).orElse(counted));
  }

  /** When the canary first got traffic; documents of earlier versions may not say. */
  public Instant firstTraffic() {
    return trafficSince == null ? since : trafficSince;
  }
}
