package io.crossfade.rollback;

import io.crossfade.release.CaughtError;
import io.crossfade.release.Deployment;
import java.util.List;
import java.util.stream.Collectors;

/** Every sentence about why a restore happens, and what came of it. */
final class RestoreReasons {
  private RestoreReasons() {}

  /** Why things are put back: what a restore under way says, the error caught, or the verdict. */
  static String of(Deployment deployment) {
    if (deployment.restoration() != null) {
      return deployment.restoration().reason();
    }
    if (deployment.error().isEmpty()) {
      return deployment.verdict().reason();
    }
    return deployment.unanswered()
        ? "nobody answered within %d s; no answer is a rejection"
            .formatted(deployment.release().approval().timeoutSeconds())
        : CaughtError.sentence(deployment.error());
  }

  static String noHealthyTarget(Deployment deployment) {
    return "%s has no healthy target to take the traffic back; its tasks are started first"
        .formatted(deployment.target().stable().service());
  }

  static String pastDeadline(String reason, long waited, List<Difference> differences) {
    return "%s; not restored after %d s: %s".formatted(reason, waited, sentence(differences));
  }

  /** Of a restore that has failed, with what it has left. */
  static String failed(Deployment deployment, List<Difference> differences) {
    String left =
        differences.isEmpty()
            ? "nothing differs from the snapshot"
            : "not restored: " + sentence(differences);
    return "%s; %s".formatted(CaughtError.sentence(deployment.error()), left);
  }

  static String lockLost(Deployment deployment, String lost) {
    String why = of(deployment);
    String reason = why.equals(lost) ? lost : why + "; " + lost;
    return reason + "; nothing more was touched";
  }

  private static String sentence(List<Difference> differences) {
    return differences.stream().map(Difference::sentence).collect(Collectors.joining("; "));
  }
}
