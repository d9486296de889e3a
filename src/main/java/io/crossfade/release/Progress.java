package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
    return changed(
        next -> {
          next.phase = Phase.SCALED_OUT;
          next.capacity = needed;
          next.since = now;
          next.passes = 0;
          next.shortSince = null;
        });
  }

  public Progress shifted(int nextStep, Weights written, Instant now) {
    return changed(
        next -> {
          next.phase = Phase.SHIFTED;
          next.step = nextStep;
          next.weights = written;
          next.since = now;
          next.passes = 0;
          next.trafficSince = trafficSince == null ? now : trafficSince;
          next.comparison = comparison.nextStep();
        });
  }

  /** The test rule leads to the canary, whose metrics have data from then on. */
  public Progress tested(Instant now) {
    return changed(next -> next.trafficSince = trafficSince == null ? now : trafficSince);
  }

  /** The weights were written at this time or before it, and are watched from then on. */
  public Progress baking(Instant writtenAt) {
    return changed(
        next -> {
          next.phase = Phase.BAKING;
          next.since = writtenAt.isAfter(since) ? writtenAt : since;
        });
  }

  public Progress in(Phase entered) {
    return changed(next -> next.phase = entered);
  }

  public Progress withPasses(int inARow) {
    return changed(next -> next.passes = inARow);
  }

  public Progress withShortSince(Instant first) {
    return changed(next -> next.shortSince = first);
  }

  /** Whether all alarms of the account have been looked through for the present step. */
  public boolean swept() {
    return sweep.step() == step;
  }

  public Progress withSweep(List<String> found) {
    return changed(next -> next.sweep = new AlarmSweep(step, found));
  }

  /**
   * @param newest empty if CloudWatch shows none
   */
  public Progress withCounted(Optional<Instant> newest, Instant now) {
    return changed(next -> next.counted = CountedMinute.seen(counted, newest, firstTraffic(), now));
  }

  /** When the canary first got traffic; documents of earlier versions may not say. */
  public Instant firstTraffic() {
    return trafficSince == null ? since : trafficSince;
  }

  public Progress with(ComparedSteps compared) {
    return changed(next -> next.comparison = compared);
  }

  public Progress with(CheckProgress reached) {
    return changed(next -> next.checks = reached);
  }

  private Progress changed(Consumer<Draft> change) {
    Draft next = new Draft(this);
    change.accept(next);
    return next.progress();
  }

  /** A copy that is changed before it becomes the next one. */
  private static final class Draft {
    private Phase phase;
    private int step;
    private Weights weights;
    private int capacity;
    private Instant since;
    private int passes;
    private Instant trafficSince;
    private Instant shortSince;
    private AlarmSweep sweep;
    private CountedMinute counted;
    private ComparedSteps comparison;
    private CheckProgress checks;

    private Draft(Progress from) {
      phase = from.phase;
      step = from.step;
      weights = from.weights;
      capacity = from.capacity;
      since = from.since;
      passes = from.passes;
      trafficSince = from.trafficSince;
      shortSince = from.shortSince;
      sweep = from.sweep;
      counted = from.counted;
      comparison = from.comparison;
      checks = from.checks;
    }

    private Progress progress() {
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
          counted,
          comparison,
          checks);
    }
  }
}
