package io.crossfade.localaws.iam;

import java.util.Objects;

/**
 * What a function needed and was allowed.
 *
 * @param function its logical id
 */
public record PermissionUse(String function, AccessRequest needed) {
  public PermissionUse {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(needed, "needed");
  }
}
