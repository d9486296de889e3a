package io.crossfade.gate;

import io.crossfade.release.Deployment;
import java.time.Instant;
import java.util.List;

/**
 * The alarms that a deployment watches: of both target groups, and those its release names, with
 * what they did since the present step began.
 */
public final class WatchedAlarms {
  private WatchedAlarms() {}

  public static List<Alarm> by(Deployment deployment, AlarmReader alarms) {
    List<String> groups =
        List.of(deployment.target().stable().dimension(), deployment.target().canary().dimension());
    Instant since = deployment.progress().since();
    return alarms.watching(groups, deployment.release().alarms()).stream()
        .map(alarm -> withHistory(alarm, alarms, since))
        .map(alarm -> setAside(alarm, deployment))
        .toList();
  }

  private static Alarm setAside(Alarm alarm, Deployment deployment) {
    return deployment.progress().weights().stable() == 0
        ? alarm.withoutTraffic(deployment.target().stable().dimension())
        : alarm;
  }

  /** An alarm that fired and cleared between two polls shows in its history alone. */
  private static Alarm withHistory(Alarm alarm, AlarmReader alarms, Instant since) {
    return alarm.mayHaveFiredSince(since)
        ? alarms.firedSince(alarm.name(), since).map(alarm::fired).orElse(alarm)
        : alarm;
  }
}
