package io.crossfade.traffic;

import io.crossfade.release.Deployment;
import io.crossfade.release.Weights;
import java.util.Optional;

/** Tells whether someone else has written the rule. */
public final class Drift {
  private Drift() {}

  /** What the rule shows between the deployment's two groups, if they alone share the traffic. */
  static Optional<Weights> shown(Deployment deployment, ListenerRule rule) {
    return rule.forward()
        .flatMap(
            forward ->
                forward.between(
                    deployment.target().stable().targetGroupArn(),
                    deployment.target().canary().targetGroupArn()));
  }

  /** Who else has written the rule, as a sentence; empty if it shows what was written last. */
  public static Optional<String> of(Deployment deployment, ListenerRule rule) {
    Weights written = deployment.progress().weights();
    Optional<Weights> shown = shown(deployment, rule);
    return shown.equals(Optional.of(written))
        ? Optional.empty()
        : Optional.of(sentence(shown, written));
  }

  static String sentence(Optional<Weights> shown, Weights written) {
    return "someone else changed the rule: it shows %s, this deployment wrote %s"
        .formatted(
            shown.map(Weights::sentence).orElse("a division of its own"), written.sentence());
  }
}
