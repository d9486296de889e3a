package io.crossfade.bench;

import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.CanaryHealth;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.Colour;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.HealthSettings;
import io.crossfade.release.Progress;
import io.crossfade.release.Release;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Side;
import io.crossfade.release.Snapshot;
import io.crossfade.release.Step;
import io.crossfade.release.Timings;
import io.crossfade.release.Verdict;
import io.crossfade.release.Weights;
import io.crossfade.traffic.Shift;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Many releases at once in one account, each with the real policy of a baking step, and every call
 * waiting for its token. Nothing is called and no time passes: it is arithmetic.
 */
final class AccountSimulation {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** {@code api-call-timeout} of the functions: a call that waits longer fails. */
  static final double LONGEST_CALL_SECONDS = 15;

  private static final int BAKE_SECONDS = Quota.BAKE_SECONDS;
  private static final Alarm FINE = new Alarm("errors", Alarm.State.OK, null, "");

  private final TokenBucket alarms = Quota.DESCRIBE_ALARMS.bucket();
  private final TokenBucket loadBalancers = Quota.DESCRIBE_ELB.bucket();
  private final PriorityQueue<Look> looks =
      new PriorityQueue<>((one, other) -> Double.compare(one.at, other.at));
  private final List<Double> waits = new ArrayList<>();
  private final int pagesAtFirst;
  private final int pages;
  private int asked;
  private double lastAsked;

  private AccountSimulation(int pagesAtFirst, int pages) {
    this.pagesAtFirst = pagesAtFirst;
    this.pages = pages;
  }

  /** A release's next look, in seconds since the start. */
  private record Look(double at, Deployment deployment, boolean firstOfStep) {}

  /**
   * What came of it.
   *
   * @param asked how many releases came to the question
   * @param seconds until the last of them did
   * @param waits of each look for the tokens of its calls, in seconds
   */
  record Result(int releases, int asked, double seconds, Samples waits) {
    /** How many of the looks would have failed, because a call waited too long. */
    long failures() {
      return waits.values().stream().filter(wait -> wait > LONGEST_CALL_SECONDS).count();
    }
  }

  /**
   * Their first looks are spread evenly over one interval between two looks.
   *
   * @param pagesAtFirst how many calls of DescribeAlarms the first look of a step makes
   * @param pages and each other look
   */
  static Result of(int releases, int pagesAtFirst, int pages) {
    AccountSimulation simulation = new AccountSimulation(pagesAtFirst, pages);
    for (int i = 0; i < releases; i++) {
      double at = (double) Timings.POLL_SECONDS * i / releases;
      simulation.looks.add(new Look(at, shifted(planned(), at), true));
    }
    while (!simulation.looks.isEmpty()) {
      simulation.look(simulation.looks.poll());
    }
    return new Result(
        releases, simulation.asked, simulation.lastAsked, new Samples(simulation.waits));
  }

  private void look(Look look) {
    double granted = loadBalancers.take(look.at());
    int calls = look.firstOfStep() ? pagesAtFirst : pages;
    for (int call = 0; call < calls; call++) {
      granted = Math.max(granted, alarms.take(look.at()));
    }
    waits.add(granted - look.at());
    Decision<AlarmPolicy.Action> decision =
        AlarmPolicy.decide(look.deployment(), full(), List.of(FINE), at(look.at()));
    switch (decision.action()) {
      case WAIT -> looks.add(new Look(granted + decision.waitSeconds(), look.deployment(), false));
      case ADVANCE -> {
        Deployment next = shifted(look.deployment(), granted);
        double at = granted + next.step(next.progress().step()).firstLookSeconds();
        looks.add(new Look(at, next, true));
      }
      case ASK -> {
        asked++;
        lastAsked = Math.max(lastAsked, granted);
      }
      case SKIP_APPROVAL, ROLL_BACK -> throw new IllegalStateException(decision.reason());
    }
  }

  private static Instant at(double seconds) {
    return START.plus(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private static CanaryCapacity full() {
    return new CanaryCapacity(new CanaryHealth("backend-green", 2, 2), null, 0, 300);
  }

  private static Deployment shifted(Deployment deployment, double seconds) {
    Weights weights = Shift.next(deployment);
    Progress progress = deployment.progress();
    Instant now = at(seconds);
    return deployment.with(progress.shifted(progress.step() + 1, weights, now).baking(now));
  }

  private static Deployment planned() {
    Release release =
        new Release(
            "registry.example/backend:2",
            "backend",
            "rule",
            null,
            "site",
            "app",
            List.of(
                new Step(25, BAKE_SECONDS),
                new Step(50, BAKE_SECONDS),
                new Step(75, BAKE_SECONDS),
                new Step(100, BAKE_SECONDS)),
            List.of(),
            ApprovalSettings.DEFAULT,
            HealthSettings.DEFAULT,
            0,
            List.of(),
            null,
            null,
            null,
            null,
            false,
            null,
            null);
    DeploymentTarget target =
        new DeploymentTarget(
            "site",
            new Side(Colour.BLUE, "backend-blue", "arn:targetgroup/blue/1"),
            new Side(Colour.GREEN, "backend-green", "arn:targetgroup/green/2"));
    Snapshot snapshot =
        new Snapshot(
            START,
            List.of(),
            new ServiceState("backend-blue", "backend:1", 2),
            new ServiceState("backend-green", "backend:1", 0),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return new Deployment(
        "simulated",
        "execution",
        release,
        target,
        snapshot,
        "backend:2",
        Progress.begin(START),
        new Verdict("HEALTHY", "", 0, false),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
