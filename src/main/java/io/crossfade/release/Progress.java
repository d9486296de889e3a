package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import io.soabase.recordbuilder.core.RecordBuilder;
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
 * @param trafficSince when the canary was first given traffic, of users or by the test rule; null
 *     until then
 * @param shortSince when a look first found too few healthy targets of the canary; null while it
 *     has its full capacity
 * @param sweep the last look through all alarms of the account
 * @param counted the last minute of the canary's requests that CloudWatch has shown; null until it
 *     is asked
 * @param comparison with the stable version, over all steps so far
 * @param checks how far the release's own checks are
 */
@RecordBuilder
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
    CountedMinute counted,
    ComparedSteps comparison,
    CheckProgress checks) {
  public Progress {
    comparison = comparison == null ? ComparedSteps.NONE : comparison;
    checks = checks == null ? CheckProgress.NONE : checks;
    sweep = sweep == null ? AlarmSweep.NONE : sweep;
    phase = phase == null ? Phase.PLANNED : phase;
    requireNonNull(weights);
    requireNonNull(since);
  }

  public static Progress begin(Instant now) {
    return new Progress(
        Phase.PLANNED, -1, Weights.ALL_STABLE, 0, now, 0, null, null, null, null, null, null);
  }

  public Progress scaledOut(int needed, Instant now) {
    return next()
        .phase(Phase.SCALED_OUT)
        .capacity(needed)
        .since(now)
        .passes(0)
        .shortSince(null)
        .build();
  }

  public Progress shifted(int nextStep, Weights written, Instant now) {
    return next()
        .phase(Phase.SHIFTED)
        .step(nextStep)
        .weights(written)
        .since(now)
        .passes(0)
        .trafficSince(trafficSince == null ? now : trafficSince)
        .comparison(comparison.nextStep())
        .build();
  }

  /** The test rule leads to the canary, whose metrics have data from then on. */
  public Progress tested(Instant now) {
    return next().trafficSince(trafficSince == null ? now : trafficSince).build();
  }

  /** The weights were written at this time or before it, and are watched from then on. */
  public Progress baking(Instant writtenAt) {
    return next().phase(Phase.BAKING).since(writtenAt.isAfter(since) ? writtenAt : since).build();
  }

  public Progress in(Phase entered) {
    return next().phase(entered).build();
  }

  public Progress withPasses(int inARow) {
    return next().passes(inARow).build();
  }

  public Progress withShortSince(Instant first) {
    return next().shortSince(first).build();
  }

  /** Whether all alarms of the account have been looked through for the present step. */
  public boolean swept() {
    return sweep.step() == step;
  }

  public Progress withSweep(List<String> found) {
    return next().sweep(new AlarmSweep(step, found)).build();
  }

  /**
   * @param newest empty if CloudWatch shows none
   */
  public Progress withCounted(Optional<Instant> newest, Instant now) {
    return next().counted(CountedMinute.seen(counted, newest, firstTraffic(), now)).build();
  }

  /** When the canary first got traffic; documents of earlier versions may not say. */
  public Instant firstTraffic() {
    return trafficSince == null ? since : trafficSince;
  }

  public Progress with(ComparedSteps compared) {
    return next().comparison(compared).build();
  }

  public Progress with(CheckProgress reached) {
    return next().checks(reached).build();
  }

  private ProgressBuilder next() {
    return ProgressBuilder.builder(this);
  }
}
