package io.crossfade.gate;

import io.crossfade.release.Arn;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.Side;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The alarms that a release watches: of both target groups, of the load balancer's own errors, and
 * those that it names.
 */
public final class WatchedAlarms {
  private WatchedAlarms() {}

  /** As they are before the start, when the canary's target group has no traffic. */
  public static List<Alarm> atStart(Release release, DeploymentTarget target, AlarmReader alarms) {
    String parked = target.canary().dimension();
    return watching(release, target, alarms).stream()
        .map(alarm -> alarm.withoutTraffic(parked))
        .toList();
  }

  /**
   * With what those that count did since the present step began, and with what the release counts
   * itself.
   */
  public static List<Alarm> by(
      Deployment deployment, AlarmReader alarms, AnswerCounts counts, Instant now) {
    Instant since = deployment.progress().since();
    Stream<Alarm> watched =
        watching(deployment.release(), deployment.target(), alarms).stream()
            .map(alarm -> setAside(alarm, deployment))
            .map(alarm -> withHistory(alarm, alarms, since));
    return Stream.concat(watched, unanswered(deployment, counts, now)).toList();
  }

  private static Stream<Alarm> unanswered(Deployment deployment, AnswerCounts counts, Instant now) {
    Side canary = deployment.target().canary();
    String loadBalancer = Arn.loadBalancer(deployment.release().ruleArn());
    return Stream.ofNullable(deployment.progress().trafficSince())
        .map(first -> UnansweredRequests.from(first, now))
        .map(from -> counts.between(loadBalancer, canary.dimension(), from, now))
        .map(counted -> UnansweredRequests.judge(canary, counted));
  }

  private static List<Alarm> watching(
      Release release, DeploymentTarget target, AlarmReader alarms) {
    return alarms.watching(
        List.of(
            target.stable().dimension(),
            target.canary().dimension(),
            Arn.loadBalancer(release.ruleArn())),
        release.alarms());
  }

  private static Alarm setAside(Alarm alarm, Deployment deployment) {
    return deployment.progress().weights().stable() == 0
        ? alarm.withoutTraffic(deployment.target().stable().dimension())
        : alarm;
  }

  /** An alarm that fired and cleared between two polls shows in its history alone. */
  private static Alarm withHistory(Alarm alarm, AlarmReader alarms, Instant since) {
    return !alarm.setAside() && alarm.mayHaveFiredSince(since)
        ? alarms.firedSince(alarm.name(), since).map(alarm::fired).orElse(alarm)
        : alarm;
  }
}
