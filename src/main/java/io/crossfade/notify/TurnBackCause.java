package io.crossfade.notify;

import io.crossfade.release.CaughtError;
import io.crossfade.release.Deployment;
import io.crossfade.release.Phase;
import java.util.Locale;
import java.util.Optional;

/** Why a release was put back, in as few words as a metric may have. */
enum TurnBackCause {
  /** START means it came as far as no task. */
  START,
  /** HEALTH means that the new version was not healthy in time. */
  HEALTH,
  /** WATCH means an alarm, a count or missing targets while a step was watched. */
  WATCH,
  /** CHECK means one of the release's own checks. */
  CHECK,
  /** COMMAND means that a person said so, before or after the question. */
  COMMAND,
  /** REJECTED means that a person, or an alarm while the question waited, said no. */
  REJECTED,
  /** UNANSWERED means that nobody answered. */
  UNANSWERED,
  /** DRAIN means an alarm, a count or missing targets while the old version drained. */
  DRAIN,
  /** ERROR means that a function failed. */
  ERROR,
  /** INTERRUPTED means that its execution ended half way and another one restored it. */
  INTERRUPTED;

  String label() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /** Empty if it was not put back. */
  static Optional<TurnBackCause> of(Deployment deployment) {
    if (deployment.restoration() == null) {
      return Optional.empty();
    }
    if (deployment.takenOver()) {
      return Optional.of(INTERRUPTED);
    }
    if (deployment.commands().rolledBack()) {
      return Optional.of(COMMAND);
    }
    String error = deployment.error().get("Error");
    return Optional.of(
        error == null
            ? in(deployment.progress().phase())
            : by(error, deployment.progress().phase()));
  }

  private static TurnBackCause by(String error, Phase phase) {
    if (error.equals(CaughtError.REJECTED)) {
      return REJECTED;
    }
    return error.equals(CaughtError.TIMEOUT) && phase == Phase.AWAITING_APPROVAL
        ? UNANSWERED
        : ERROR;
  }

  private static TurnBackCause in(Phase phase) {
    return switch (phase) {
      case PLANNED -> START;
      case SCALED_OUT -> HEALTH;
      case CHECKING -> CHECK;
      case SHIFTED, BAKING, AWAITING_APPROVAL -> WATCH;
      case DRAINING -> DRAIN;
    };
  }
}
