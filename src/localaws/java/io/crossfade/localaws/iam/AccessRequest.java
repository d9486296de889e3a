package io.crossfade.localaws.iam;

import java.util.Map;

/**
 * What a call needs to be allowed.
 *
 * @param action such as {@code ecs:UpdateService}
 * @param resource an ARN, or {@code *} where the action knows no resources
 * @param context condition keys with their values
 */
public record AccessRequest(String action, String resource, Map<String, String> context) {
  public AccessRequest {
    context = Map.copyOf(context);
  }

  static AccessRequest of(String action, String resource) {
    return new AccessRequest(action, resource, Map.of());
  }
}
