package io.crossfade.gate;

import io.crossfade.release.Arn;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.Side;
import io.crossfade.release.TransientFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
   * itself. They are read by name; only a deployment that began before this was so has to look
   * through all alarms of the account.
   *
   * @throws TransientFailure if they cannot be read just now
   */
  public static List<Alarm> by(
      Deployment deployment, AlarmReader alarms, AnswerCounts counts, Instant now) {
    List<Alarm> read =
        deployment.progress().sweep().made()
            ? alarms.named(deployment.watched())
            : watching(deployment.release(), deployment.target(), alarms);
    List<Alarm> found = counted(read, deployment);
    return withUnanswered(
        withHistory(found, fired(found, deployment, alarms)), deployment, counts, now);
  }

  private static List<Alarm> withUnanswered(
      List<Alarm> watched, Deployment deployment, AnswerCounts counts, Instant now) {
    Side canary = deployment.target().canary();
    String loadBalancer = Arn.loadBalancer(deployment.release().ruleArn());
    Stream<Alarm> unanswered =
        Stream.ofNullable(deployment.progress().trafficSince())
            .map(first -> UnansweredRequests.from(first, now))
            .map(from -> counts.between(loadBalancer, canary.dimension(), from, now))
            .map(counted -> UnansweredRequests.judge(canary, counted));
    return Stream.concat(watched.stream(), unanswered).toList();
  }

  /**
   * What one look at a baking step has seen.
   *
   * @param deployment with the names of the alarms that were made since the start, if all alarms of
   *     the account were looked through
   * @param alarms {@link Alarm.State#UNKNOWN} where they could not be read
   */
  record Look(Deployment deployment, List<Alarm> alarms) {}

  /** At a baking step, with what the release counts itself. */
  static Look look(Deployment deployment, AlarmReader alarms, AnswerCounts counts, Instant now) {
    Look look = look(deployment, alarms);
    return new Look(look.deployment(), withUnanswered(look.alarms(), deployment, counts, now));
  }

  /** The first look at a step goes through all alarms of the account, until one succeeds. */
  static Look look(Deployment deployment, AlarmReader alarms) {
    if (deployment.progress().swept()) {
      return look(deployment, named(deployment, alarms), alarms);
    }
    try {
      List<Alarm> found = watching(deployment.release(), deployment.target(), alarms);
      return look(withNew(found, deployment), found, alarms);
    } catch (TransientFailure unread) {
      List<Alarm> known = new ArrayList<>(named(deployment, alarms));
      known.add(Alarm.unread("any alarm made since the start", unread.getMessage()));
      return look(deployment, known, alarms);
    }
  }

  private static Look look(Deployment deployment, List<Alarm> read, AlarmReader alarms) {
    List<Alarm> found = counted(read, deployment);
    try {
      return new Look(deployment, withHistory(found, fired(found, deployment, alarms)));
    } catch (TransientFailure unread) {
      Instant since = deployment.progress().since();
      return new Look(
          deployment,
          found.stream()
              .map(a -> asksHistory(a, since) ? Alarm.unread(a.name(), unread.getMessage()) : a)
              .toList());
    }
  }

  private static List<Alarm> named(Deployment deployment, AlarmReader alarms) {
    try {
      return alarms.named(deployment.watched());
    } catch (TransientFailure unread) {
      return deployment.watched().stream()
          .map(name -> Alarm.unread(name, unread.getMessage()))
          .toList();
    }
  }

  private static Deployment withNew(List<Alarm> found, Deployment deployment) {
    List<String> names = new ArrayList<>(deployment.progress().sweep().found());
    found.stream()
        .map(Alarm::name)
        .filter(name -> !deployment.watched().contains(name))
        .forEach(names::add);
    return deployment.with(deployment.progress().withSweep(names));
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

  private static List<Alarm> counted(List<Alarm> found, Deployment deployment) {
    return deployment.progress().weights().stable() > 0
        ? found
        : found.stream()
            .map(alarm -> alarm.withoutTraffic(deployment.target().stable().dimension()))
            .toList();
  }

  /** An alarm that fired and cleared between two polls shows in its history alone. */
  private static Map<String, Instant> fired(
      List<Alarm> found, Deployment deployment, AlarmReader alarms) {
    Instant since = deployment.progress().since();
    List<String> asked =
        found.stream().filter(alarm -> asksHistory(alarm, since)).map(Alarm::name).toList();
    return asked.isEmpty() ? Map.of() : alarms.firedSince(asked, since);
  }

  private static boolean asksHistory(Alarm alarm, Instant since) {
    return !alarm.setAside() && alarm.mayHaveFiredSince(since);
  }

  private static List<Alarm> withHistory(List<Alarm> found, Map<String, Instant> fired) {
    return found.stream()
        .map(
            alarm -> fired.containsKey(alarm.name()) ? alarm.fired(fired.get(alarm.name())) : alarm)
        .toList();
  }
}
