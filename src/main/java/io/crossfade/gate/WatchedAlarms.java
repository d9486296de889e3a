package io.crossfade.gate;

import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import java.time.Instant;
import java.util.List;

/** The alarms that a release watches: of both target groups, and those that it names. */
public final class WatchedAlarms {
  private WatchedAlarms() {}

  /** As they are before the start, when the canary's target group has no traffic. */
  public static List<Alarm> atStart(Release release, DeploymentTarget target, AlarmReader alarms) {
    String parked = target.canary().dimension();
    return watching(release, target, alarms).stream()
        .map(alarm -> alarm.withoutTraffic(parked))
        .toList();
  }

  /** With what those that count did since the present step began. */
  public static List<Alarm> by(Deployment deployment, AlarmReader alarms) {
    Instant since = deployment.progress().since();
    return watching(deployment.release(), deployment.target(), alarms).stream()
        .map(alarm -> setAside(alarm, deployment))
        .map(alarm -> withHistory(alarm, alarms, since))
        .toList();
  }

  private static List<Alarm> watching(
      Release release, DeploymentTarget target, AlarmReader alarms) {
    return alarms.watching(
        List.of(target.stable().dimension(), target.canary().dimension()), release.alarms());
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
