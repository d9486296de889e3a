package io.crossfade.localaws.scaling;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** An ECS service whose desired count is scaled. */
record ScalableService(String id, String cluster, String service) {
  private static final Pattern ID = Pattern.compile("service/([^/]+)/([^/]+)");

  static ScalableService of(ServiceNamespace namespace, String id, ScalableDimension dimension) {
    requireEcs(namespace);
    if (dimension != ScalableDimension.ECS_SERVICE_DESIRED_COUNT) {
      throw ScalingErrors.validation(
          "Unsupported scalable dimension %s for service namespace ecs".formatted(dimension));
    }
    Matcher matcher = ID.matcher(id == null ? "" : id);
    if (!matcher.matches()) {
      throw ScalingErrors.validation("A resource id is service/<cluster>/<service>, found " + id);
    }
    return new ScalableService(id, matcher.group(1), matcher.group(2));
  }

  static void requireEcs(ServiceNamespace namespace) {
    if (namespace == null) {
      throw ScalingErrors.validation("ServiceNamespace is required");
    }
    if (namespace != ServiceNamespace.ECS) {
      throw new UnsupportedOperationException("not emulated: scaling of " + namespace);
    }
  }
}
