package io.crossfade.rollback;

import io.crossfade.fleet.Service;
import io.crossfade.release.Deployment;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Decides whether the traffic may go back to the stable group now, and how many tasks that takes. A
 * load balancer that has no healthy target in a group answers 503 for it.
 */
final class TrafficReturn {
  /** What is to be done about the rule. */
  enum Action {
    /** TURN_BACK means the rule is written as the snapshot has it. */
    TURN_BACK,
    /** START_TASKS_FIRST means it stays until the stable group has somebody to answer. */
    START_TASKS_FIRST
  }

  private TrafficReturn() {}

  /**
   * START_TASKS_FIRST only if the stable group has no healthy target and the canary group has one.
   * If neither has one, going back makes nothing worse.
   *
   * @param stableHealthy healthy targets of the stable group
   * @param canaryHealthy healthy targets of the canary group; read only where it matters, so that
   *     the way back does not depend on it
   */
  static Action decide(int stableHealthy, IntSupplier canaryHealthy) {
    return stableHealthy == 0 && canaryHealthy.getAsInt() > 0
        ? Action.START_TASKS_FIRST
        : Action.TURN_BACK;
  }

  /**
   * How many tasks the stable service has to be given, so that it can carry all of the visitors: as
   * many as it had, or as either service has grown to, within its maximum. Empty if it has them, or
   * ECS does not know it.
   */
  static OptionalInt missingTasks(Deployment deployment, Map<String, Service> services) {
    Service stable = services.get(deployment.target().stable().service());
    int needed =
        Stream.of(deployment.target().stable(), deployment.target().canary())
            .map(side -> services.get(side.service()))
            .filter(Objects::nonNull)
            .mapToInt(Service::desired)
            .reduce(deployment.snapshot().stable().desiredCount(), Math::max);
    int tasks = Math.min(needed, deployment.snapshot().mostStableTasks());
    return stable != null && stable.desired() < tasks ? OptionalInt.of(tasks) : OptionalInt.empty();
  }

  /**
   * Whether the tasks have to be looked after although the rule is as it was: the first look finds
   * it so if a try before wrote it and got no further.
   */
  static boolean mayHaveBeenInterrupted(Deployment before) {
    return before.restoration() == null
        && before.progress() != null
        && before.progress().trafficSince() != null;
  }
}
