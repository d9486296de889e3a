package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state before the first change: the rules' actions as AWS describes them, both services, both
 * scaling targets (none for a service that is not scaled automatically).
 *
 * @param firing names of alarms that were in ALARM already
 * @param watched names of all alarms that watch the release
 * @param testActions those of the test rule; empty if the release has none
 */
public record Snapshot(
    Instant takenAt,
    List<Map<String, Object>> actions,
    ServiceState stable,
    ServiceState canary,
    List<ScalingState> scaling,
    List<String> firing,
    List<String> watched,
    List<Map<String, Object>> testActions) {
  public Snapshot {
    requireNonNull(takenAt);
    requireNonNull(stable);
    requireNonNull(canary);
    actions = List.copyOf(actions);
    scaling = List.copyOf(scaling);
    firing = List.copyOf(firing);
    watched = watched == null ? List.of() : List.copyOf(watched);
    testActions = testActions == null ? List.of() : List.copyOf(testActions);
  }

  /** A service's bounds and flags; empty if it has no scalable target. */
  public Optional<ScalingState> scalingOf(String service) {
    return scaling.stream().filter(state -> state.service().equals(service)).findFirst();
  }

  /** The stable service's maximum: more tasks would be cut once its bounds are written again. */
  public int mostStableTasks() {
    return scalingOf(stable.service())
        .map(bounds -> Math.max(bounds.max(), stable.desiredCount()))
        .orElse(Integer.MAX_VALUE);
  }
}
