package io.crossfade.rollback;

import io.crossfade.fleet.Service;
import io.crossfade.release.CaughtError;
import io.crossfade.release.Deployment;
import io.crossfade.release.ScalingState;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Snapshot;
import io.crossfade.release.Verdict;
import io.crossfade.release.Verdict.Action;
import io.crossfade.rollback.Difference.Part;
import io.crossfade.traffic.ForwardAction;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what is there with the snapshot, and decides what a restore does next. */
public final class Restore {
  /**
   * What a function that was running when its execution was stopped may still write, it writes
   * within its time-out (the template's {@code Timeout}, in seconds): until then nothing is as it
   * was for good.
   */
  public static final int FUNCTION_TIMEOUT_SECONDS = 60;

  private static final int LOOK_AGAIN_SECONDS = 10;

  private Restore() {}

  /** Why things are put back: the error that was caught, or else the verdict. */
  static String reason(Deployment deployment) {
    if (deployment.error().isEmpty()) {
      return deployment.verdict().reason();
    }
    boolean unanswered =
        deployment.verdict().action() == Verdict.Action.ASK
            && CaughtError.TIMEOUT.equals(deployment.error().get("Error"));
    return unanswered
        ? "nobody answered within %d s; no answer is a rejection"
            .formatted(deployment.release().approval().timeoutSeconds())
        : CaughtError.sentence(deployment.error());
  }

  public static List<Difference> differences(Snapshot was, CurrentState is) {
    List<Difference> found = new ArrayList<>();
    if (!ListenerRules.same(was.actions(), is.rule().actions())) {
      found.add(
          new Difference(
              Part.TRAFFIC, "the rule", was.actions().toString(), is.rule().actions().toString()));
    }
    compareService(was.stable(), is, true, found);
    compareService(was.canary(), is, false, found);
    was.scaling().forEach(state -> compareScaling(state, is, found));
    return List.copyOf(found);
  }

  /**
   * The stable service may have grown in the meantime: it is the one that carries the visitors, so
   * more tasks than before are left to its autoscaler, fewer are not.
   */
  private static void compareService(
      ServiceState was, CurrentState is, boolean mayHaveGrown, List<Difference> found) {
    Service service = is.services().get(was.service());
    if (service == null) {
      found.add(new Difference(Part.SERVICE, was.service(), "there", "unknown to ECS"));
      return;
    }
    if (!service.taskDefinition().equals(was.taskDefinition())) {
      found.add(
          new Difference(
              Part.SERVICE,
              was.service() + "'s task definition",
              was.taskDefinition(),
              service.taskDefinition()));
    }
    boolean countDiffers =
        mayHaveGrown
            ? service.desired() < was.desiredCount()
            : service.desired() != was.desiredCount();
    if (countDiffers) {
      found.add(
          new Difference(
              Part.SERVICE,
              was.service() + "'s desired count",
              String.valueOf(was.desiredCount()),
              String.valueOf(service.desired())));
    }
  }

  static boolean stableDiffers(Snapshot was, CurrentState is) {
    List<Difference> found = new ArrayList<>();
    compareService(was.stable(), is, true, found);
    return !found.isEmpty();
  }

  private static void compareScaling(ScalingState was, CurrentState is, List<Difference> found) {
    boolean same = is.scaling().contains(was);
    if (!same) {
      String now =
          is.scaling().stream()
              .filter(state -> state.service().equals(was.service()))
              .map(ScalingState::toString)
              .findFirst()
              .orElse("nothing");
      found.add(new Difference(Part.SCALING, was.service() + "'s scaling", was.toString(), now));
    }
  }

  /**
   * What may be put back now. Traffic goes first. While requests may still be on their way to the
   * canary group its tasks must stay: a weight takes a moment to show on every node of the
   * balancer.
   */
  public static List<Part> due(Deployment deployment, List<Difference> differences, Instant now) {
    List<Part> parts = differences.stream().map(Difference::part).distinct().sorted().toList();
    if (parts.contains(Part.TRAFFIC)) {
      return List.of(Part.TRAFFIC);
    }
    Instant since = deployment.restoration().trafficSince();
    boolean settled = since != null && !now.isBefore(since.plusSeconds(settleSeconds(deployment)));
    return settled ? parts : List.of();
  }

  /** How many tasks the stable service needs for all of the visitors. */
  static int needed(Deployment deployment, CurrentState is) {
    return Stream.of(deployment.target().stable(), deployment.target().canary())
        .map(side -> is.services().get(side.service()))
        .filter(Objects::nonNull)
        .mapToInt(Service::desired)
        .reduce(deployment.snapshot().stable().desiredCount(), Math::max);
  }

  /** The stable service as it was, with the tasks it may have grown by. */
  public static ServiceState wanted(ServiceState was, CurrentState is) {
    Service service = is.services().get(was.service());
    int desired = service == null ? 0 : service.desired();
    return new ServiceState(
        was.service(), was.taskDefinition(), Math.max(was.desiredCount(), desired));
  }

  /**
   * The weights have to show everywhere; and where visitors stick to a group, those whom the canary
   * one holds need its tasks until their cookie runs out.
   */
  private static int settleSeconds(Deployment deployment) {
    Snapshot was = deployment.snapshot();
    ListenerRule rule = new ListenerRule(deployment.release().ruleArn(), false, was.actions());
    int sticky = rule.forward().map(ForwardAction::stickySeconds).orElse(0);
    return deployment.pace().settleSeconds() + sticky;
  }

  /** What is to be looked at once the rule was written, or could not be. */
  static Verdict turned(Deployment deployment, boolean written) {
    int seconds = written ? 1 : deployment.pace().pollSeconds();
    return new Verdict(Action.ROLL_BACK, deployment.restoration().reason(), seconds);
  }

  static String held(Deployment deployment) {
    return "%s has no healthy target to take the traffic back; its tasks are started first"
        .formatted(deployment.target().stable().service());
  }

  /** The verdict of a restore that has failed, with what it has left. */
  static Verdict explained(Deployment deployment, List<Difference> differences) {
    String left =
        differences.isEmpty()
            ? "nothing differs from the snapshot"
            : "not restored: " + sentence(differences);
    return Verdict.of(
        Action.INCOMPLETE, "%s; %s".formatted(CaughtError.sentence(deployment.error()), left));
  }

  /** How long to wait before looking whether it worked. */
  public static Verdict next(Deployment deployment, List<Difference> found, List<Part> done) {
    int unwritten = found.isEmpty() ? LOOK_AGAIN_SECONDS : settleSeconds(deployment);
    int seconds = done.isEmpty() ? unwritten : 1;
    return new Verdict(Action.ROLL_BACK, deployment.restoration().reason(), seconds);
  }

  /**
   * RESTORED when all is equal and stays so, INCOMPLETE past the deadline, else ROLL_BACK once
   * more.
   */
  public static Verdict decide(Deployment deployment, List<Difference> differences, Instant now) {
    String reason = deployment.restoration().reason();
    long waited = Duration.between(deployment.restoration().begun(), now).toSeconds();
    if (differences.isEmpty()) {
      boolean mayChange = deployment.takenOver() && waited < FUNCTION_TIMEOUT_SECONDS;
      return Verdict.of(mayChange ? Action.ROLL_BACK : Action.RESTORED, reason);
    }
    return waited > deployment.pace().restoreDeadlineSeconds() + settleSeconds(deployment)
        ? Verdict.of(
            Action.INCOMPLETE,
            "%s; not restored after %d s: %s".formatted(reason, waited, sentence(differences)))
        : Verdict.of(Action.ROLL_BACK, reason);
  }

  /** Without its lock a deployment touches nothing; the check that follows tells who has it. */
  static Verdict untouched(Deployment deployment) {
    return new Verdict(Action.ROLL_BACK, why(deployment), 1);
  }

  static Verdict lost(Deployment deployment, String lost) {
    String why = why(deployment);
    String reason = why.equals(lost) ? lost : why + "; " + lost;
    return Verdict.of(Action.INCOMPLETE, reason + "; nothing more was touched");
  }

  private static String why(Deployment deployment) {
    return deployment.restoration() == null
        ? reason(deployment)
        : deployment.restoration().reason();
  }

  private static String sentence(List<Difference> differences) {
    return differences.stream().map(Difference::sentence).collect(Collectors.joining("; "));
  }
}
