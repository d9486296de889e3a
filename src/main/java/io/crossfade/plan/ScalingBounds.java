package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.release.Arn;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.ScalingState;
import java.util.Optional;

/**
 * Whether a service is within the bounds of its scalable target. A release writes those bounds, and
 * each write moves a service that is outside of them: a stable one is cut, a parked one is woken
 * (Application Auto Scaling API reference, RegisterScalableTarget).
 */
final class ScalingBounds {
  private static final String REGISTER =
      "aws application-autoscaling register-scalable-target --service-namespace ecs"
          + " --scalable-dimension ecs:service:DesiredCount --resource-id %s"
          + " --%s-capacity %d";

  private ScalingBounds() {}

  /** What is wrong, and the command that mends it; empty if nothing is. */
  static Optional<String> problem(DeploymentTarget target, Service service, ScalingState bounds) {
    int tasks = service.desired();
    String resource = ScalingState.resourceId(target.cluster(), service.name());
    if (tasks > bounds.max()) {
      return Optional.of(
          sentence(service, "more than its maximum of " + bounds.max(), "cut")
              + REGISTER.formatted(resource, "max", tasks));
    }
    if (tasks >= bounds.min()) {
      return Optional.empty();
    }
    boolean stable = service.name().equals(target.stable().service());
    String mend =
        stable
            ? "aws ecs update-service --cluster %s --service %s --desired-count %d"
                .formatted(Arn.name(target.cluster()), service.name(), bounds.min())
            : REGISTER.formatted(resource, "min", tasks);
    return Optional.of(
        sentence(service, "fewer than its minimum of " + bounds.min(), stable ? "raise" : "wake")
            + mend);
  }

  private static String sentence(Service service, String comparison, String move) {
    return "%s has %d tasks, %s, so Application Auto Scaling would %s it during the release; run "
        .formatted(service.name(), service.desired(), comparison, move);
  }
}
