package io.crossfade.fleet;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.aws.ReadBack;
import io.crossfade.release.ScalingState;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** Scalable targets by the Application Auto Scaling API. */
@Adapter
public class AutoScalingTargets implements ScalingTargets {
  private final ApplicationAutoScalingClient scaling;

  public AutoScalingTargets(ApplicationAutoScalingClient scaling) {
    this.scaling = scaling;
  }

  @Override
  public List<ScalingState> of(String cluster, List<String> services) {
    List<String> ids =
        services.stream().map(service -> ScalingState.resourceId(cluster, service)).toList();
    return AwsCalls.call(
        () ->
            scaling
                .describeScalableTargetsPaginator(
                    r ->
                        r.serviceNamespace(ServiceNamespace.ECS)
                            .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                            .resourceIds(ids))
                .scalableTargets()
                .stream()
                .map(AutoScalingTargets::seen)
                .toList());
  }

  private static ScalingState seen(ScalableTarget target) {
    String id = target.resourceId();
    var held = target.suspendedState();
    return new ScalingState(
        id.substring(id.lastIndexOf('/') + 1),
        target.minCapacity(),
        target.maxCapacity(),
        held != null && Boolean.TRUE.equals(held.dynamicScalingInSuspended()),
        held != null && Boolean.TRUE.equals(held.dynamicScalingOutSuspended()),
        held != null && Boolean.TRUE.equals(held.scheduledScalingSuspended()));
  }

  /** What stays is not sent: every write moves a service that is outside of its bounds. */
  @Override
  public void put(String cluster, List<ScalingState> shown, List<ScalingState> wanted) {
    List<ScalingState> changed = wanted.stream().filter(state -> !shown.contains(state)).toList();
    if (changed.isEmpty()) {
      return;
    }
    changed.forEach(state -> register(cluster, state));
    List<String> services = changed.stream().map(ScalingState::service).toList();
    ReadBack.until(() -> of(cluster, services).containsAll(changed), "scaling of " + services);
  }

  private void register(String cluster, ScalingState state) {
    AwsCalls.run(
        () ->
            scaling.registerScalableTarget(
                r ->
                    r.serviceNamespace(ServiceNamespace.ECS)
                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                        .resourceId(ScalingState.resourceId(cluster, state.service()))
                        .minCapacity(state.min())
                        .maxCapacity(state.max())
                        .suspendedState(
                            s ->
                                s.dynamicScalingInSuspended(state.inHeld())
                                    .dynamicScalingOutSuspended(state.outHeld())
                                    .scheduledScalingSuspended(state.scheduleHeld()))));
  }
}
