package io.crossfade.notify;

import io.crossfade.release.CaughtError;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Progress;
import java.util.Locale;
import java.util.Optional;

/** Why a release was put back, in as few words as a metric may have. */
enum TurnBackCause {
  /** START means it came as far as no task. */
  START,
  /** HEALTH means that the new version did not become healthy. */
  HEALTH,
  /** WATCH means an alarm, a count, missing targets or a foreign weight once it was healthy. */
  WATCH,
  /** CHECK means one of the release's own checks. */
  CHECK,
  /** COMMAND means that a person said so, before or after the question. */
  COMMAND,
  /** REJECTED means that a person, or an alarm while the question waited, said no. */
  REJECTED,
  /** UNANSWERED means that nobody answered, or ended a pause. */
  UNANSWERED,
  /** DRAIN means the same as WATCH, or a deadline, while the old version drained. */
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
            ? decided(deployment)
            : error.equals(CaughtError.REJECTED)
                ? REJECTED
                : deployment.unanswered() ? UNANSWERED : ERROR);
  }

  /** Until a weight is written, what is healthy and has passed its checks is turned back by it. */
  private static TurnBackCause decided(Deployment deployment) {
    Pause pause = deployment.commands().pause();
    if (pause != null && !deployment.restoration().begun().isBefore(pause.until())) {
      return UNANSWERED;
    }
    Progress progress = deployment.progress();
    return switch (progress.phase()) {
      case PLANNED -> START;
      case SCALED_OUT -> progress.passes() < deployment.release().health().polls() ? HEALTH : WATCH;
      case CHECKING -> deployment.dueCheck().isPresent() ? CHECK : WATCH;
      case SHIFTED, BAKING, AWAITING_APPROVAL -> WATCH;
      case DRAINING -> DRAIN;
    };
  }
}
