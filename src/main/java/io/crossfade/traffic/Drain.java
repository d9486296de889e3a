package io.crossfade.traffic;

import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.gate.RequestMinute;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether the stable group may be taken away. Weight 0 in the API is not yet weight 0 on
 * every node of the load balancer, and a cookie outranks a weight: only the request counts tell.
 */
public final class Drain {
  /**
   * CloudWatch may show a minute late, and shows nothing at all for a minute without requests. A
   * minute counts once the canary group has data for it, or once it is this old.
   */
  static final Duration SHOWN_AFTER = Duration.ofMinutes(3);

  /** What is to be done about the old version. */
  public enum Action implements Decision.Action {
    /** DRAINED means it gets no requests any more. */
    DRAINED,
    /** WAIT means it may still get some, or the new version lacks targets. */
    WAIT,
    /** ROLL_BACK means it never falls quiet, or the new version must not stay. */
    ROLL_BACK
  }

  private Drain() {}

  /**
   * DRAINED when the stable group was quiet for whole minutes in a row and the canary has its full
   * capacity; ROLL_BACK when someone else changed the rule, the canary has lost its capacity, or
   * the stable group never falls quiet.
   *
   * @param canary read just now
   * @param minutes whole minutes since the last shift settled, oldest first
   */
  public static Decision<Action> decide(
      Deployment deployment,
      ListenerRule rule,
      CanaryCapacity canary,
      List<RequestMinute> minutes,
      Instant now) {
    Optional<String> drift = Drift.of(deployment, rule);
    if (drift.isPresent()) {
      return Decision.of(Action.ROLL_BACK, drift.get());
    }
    int sticky = rule.forward().map(ForwardAction::stickySeconds).orElse(0);
    Decision<Action> quiet = decide(minutes, deployment.progress().since(), now, sticky);
    String shortfall = canary.shortfall("before the old version goes");
    return switch (canary.state()) {
      case FULL -> quiet;
      case LOST -> Decision.of(Action.ROLL_BACK, shortfall);
      case RECOVERING ->
          quiet.action() == Action.DRAINED
              ? new Decision<>(Action.WAIT, shortfall, Timings.POLL_SECONDS)
              : quiet;
    };
  }

  /**
   * @param minutes whole minutes since the last shift settled, oldest first
   * @param since when the stable group was given weight 0
   * @param stickySeconds how long a visitor may be held on the stable group by a cookie
   */
  static Decision<Action> decide(
      List<RequestMinute> minutes, Instant since, Instant now, int stickySeconds) {
    Instant earliest = since.plusSeconds((long) Timings.SETTLE_SECONDS + stickySeconds);
    if (now.isBefore(earliest)) {
      int left = (int) Math.max(1, Duration.between(now, earliest).toSeconds());
      return new Decision<>(
          Action.WAIT,
          "the load balancer is given %d s to show the weights everywhere%s"
              .formatted(
                  Timings.SETTLE_SECONDS,
                  stickySeconds == 0
                      ? ""
                      : " and cookies %d s to run out".formatted(stickySeconds)),
          Math.min(left, 300));
    }
    int quiet = quietAtTheEnd(minutes, now);
    if (quiet >= Timings.QUIET_MINUTES) {
      return Decision.of(
          Action.DRAINED,
          "the stable group got no request for %d whole minutes in a row".formatted(quiet));
    }
    if (now.isAfter(earliest.plusSeconds(Timings.DRAIN_DEADLINE_SECONDS))) {
      return Decision.of(
          Action.ROLL_BACK,
          "the stable group still got requests %d s after its weight became 0"
              .formatted(Duration.between(since, now).toSeconds()));
    }
    return new Decision<>(
        Action.WAIT,
        "%d of %d quiet minutes on the stable group".formatted(quiet, Timings.QUIET_MINUTES),
        Timings.POLL_SECONDS);
  }

  private static int quietAtTheEnd(List<RequestMinute> minutes, Instant now) {
    int quiet = 0;
    for (RequestMinute minute : minutes) {
      boolean shown = minute.canary() != null || minute.start().plus(SHOWN_AFTER).isBefore(now);
      if (!minute.quiet()) {
        quiet = 0;
      } else if (shown) {
        quiet++;
      }
    }
    return quiet;
  }
}
