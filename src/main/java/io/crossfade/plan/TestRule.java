package io.crossfade.plan;

import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Weights;
import io.crossfade.traffic.ForwardAction;
import io.crossfade.traffic.ListenerRule;
import java.util.Optional;

/**
 * What a test rule must be before a release. That all of it goes to the release's own stable group
 * ties it to this release: another one, whose groups are others, cannot have it at the same time,
 * so it takes no lock of its own.
 */
final class TestRule {
  private TestRule() {}

  /** Why it cannot be used, as a sentence; empty if it can. */
  static Optional<String> problem(ListenerRule rule, DeploymentTarget target) {
    ForwardAction forward = rule.forward().orElse(null);
    if (forward == null) {
      return Optional.of("the test rule does not forward: it redirects or answers by itself");
    }
    String stable = target.stable().targetGroupArn();
    String canary = target.canary().targetGroupArn();
    if (!forward.between(stable, canary).equals(Optional.of(Weights.ALL_STABLE))) {
      return Optional.of(
          "the test rule forwards to %s; before a release all of it must go to %s, which has the"
                  .formatted(forward.sentence(), target.stable().dimension())
              + " users");
    }
    if (!forward.names(canary) && forward.groups().size() == ForwardAction.MAX_GROUPS) {
      return Optional.of(
          "the test rule holds %d target groups already, there is no room for %s"
              .formatted(ForwardAction.MAX_GROUPS, target.canary().dimension()));
    }
    return forward.stickySeconds() == 0
        ? Optional.empty()
        : Optional.of(
            "the test rule holds its visitors on a target group for %d s by a cookie, which outranks"
                    .formatted(forward.stickySeconds())
                + " what a release writes; turn its stickiness off");
  }
}
