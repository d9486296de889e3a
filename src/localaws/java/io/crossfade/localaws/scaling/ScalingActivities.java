package io.crossfade.localaws.scaling;

import io.crossfade.localaws.ScaledClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivity;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** The scaling activities so far. */
final class ScalingActivities {
  private final ScaledClock clock;
  private final List<ScalingActivity> activities = new ArrayList<>();

  ScalingActivities(ScaledClock clock) {
    this.clock = clock;
  }

  synchronized void add(ScalableService resource, int desired, String cause) {
    Instant now = clock.now();
    activities.add(
        ScalingActivity.builder()
            .activityId(UUID.randomUUID().toString())
            .serviceNamespace(ServiceNamespace.ECS)
            .resourceId(resource.id())
            .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
            .description("Setting desired count to %d.".formatted(desired))
            .cause(cause)
            .startTime(now)
            .endTime(now)
            .statusCode(ScalingActivityStatusCode.SUCCESSFUL)
            .statusMessage(
                "Successfully set desired count to %d. Change successfully fulfilled by ecs."
                    .formatted(desired))
            .build());
  }

  /** Newest first. */
  synchronized List<ScalingActivity> all() {
    List<ScalingActivity> newestFirst = new ArrayList<>(activities);
    Collections.reverse(newestFirst);
    return newestFirst;
  }
}
