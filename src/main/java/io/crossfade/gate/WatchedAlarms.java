package io.crossfade.gate;

import io.crossfade.release.Arn;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The alarms that a release watches: of both target groups, of the load balancer's own errors, and
 * those that it names.
 */
@ApplicationScoped
public class WatchedAlarms {
  private final AlarmReader reader;

  public WatchedAlarms(AlarmReader reader) {
    this.reader = reader;
  }

  /** As they are before the start, when the canary's target group has no traffic. */
  public List<Alarm> atStart(Release release, DeploymentTarget target) {
    String parked = target.canary().dimension();
    return watching(release, target).stream().map(alarm -> alarm.withoutTraffic(parked)).toList();
  }

  /**
   * What one look has seen.
   *
   * @param deployment with the names of the alarms that were made since the start, if all alarms of
   *     the account were looked through
   * @param alarms {@link Alarm.State#UNKNOWN} where they could not be read
   * @param unread why not; null if all were read
   */
  public record Look(Deployment deployment, List<Alarm> alarms, String unread) {
    public Look {
      alarms = List.copyOf(alarms);
    }

    /**
     * For who goes on by the answer.
     *
     * @throws TransientFailure if there is none
     */
    public Look requireRead() {
      if (unread != null) {
        throw new TransientFailure(unread);
      }
      return this;
    }

    /** The same look at what has become of the deployment. */
    Look of(Deployment seen) {
      return new Look(seen, alarms, unread);
    }

    public Look and(Alarm another) {
      return new Look(
          deployment, Stream.concat(alarms.stream(), Stream.of(another)).toList(), unread);
    }

    private Look each(UnaryOperator<Alarm> change, String why) {
      return new Look(deployment, alarms.stream().map(change).toList(), why);
    }
  }

  /**
   * With what those that count did since the present step began. They are read by name; the first
   * look at a step goes through all alarms of the account, until one succeeds.
   */
  public Look look(Deployment deployment) {
    if (deployment.progress().swept()) {
      return withHistory(named(deployment));
    }
    try {
      List<Alarm> found = watching(deployment.release(), deployment.target());
      return withHistory(new Look(withNew(found, deployment), found, null));
    } catch (TransientFailure unread) {
      String why = unread.getMessage();
      Look known = named(deployment).and(Alarm.unread("any alarm made since the start", why));
      return withHistory(new Look(deployment, known.alarms(), why));
    }
  }

  private Look named(Deployment deployment) {
    List<String> names = deployment.watched();
    try {
      return new Look(deployment, reader.named(names), null);
    } catch (TransientFailure unread) {
      String why = unread.getMessage();
      return new Look(
          deployment, names.stream().map(name -> Alarm.unread(name, why)).toList(), why);
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

  private List<Alarm> watching(Release release, DeploymentTarget target) {
    return reader.watching(
        List.of(
            target.stable().dimension(),
            target.canary().dimension(),
            Arn.loadBalancer(release.ruleArn())),
        release.alarms());
  }

  /** An alarm that fired and cleared between two polls shows in its history alone. */
  private Look withHistory(Look look) {
    Instant since = look.deployment().progress().since();
    Look counted = counted(look);
    List<String> asked =
        counted.alarms().stream()
            .filter(alarm -> !alarm.setAside() && alarm.mayHaveFiredSince(since))
            .map(Alarm::name)
            .toList();
    try {
      Map<String, Instant> fired = asked.isEmpty() ? Map.of() : reader.firedSince(asked, since);
      return counted.each(
          a -> fired.containsKey(a.name()) ? a.fired(fired.get(a.name())) : a, look.unread());
    } catch (TransientFailure unread) {
      String why = unread.getMessage();
      return counted.each(a -> asked.contains(a.name()) ? Alarm.unread(a.name(), why) : a, why);
    }
  }

  private static Look counted(Look look) {
    String stable = look.deployment().target().stable().dimension();
    return look.deployment().progress().weights().stable() > 0
        ? look
        : look.each(alarm -> alarm.withoutTraffic(stable), look.unread());
  }
}
