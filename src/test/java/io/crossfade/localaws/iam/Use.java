package io.crossfade.localaws.iam;

import java.util.Objects;

/**
 * What a function needed and was allowed.
 *
 * @param function its logical id
 */
public record Use(String function, AccessRequest needed) {
  public Use {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(needed, "needed");
  }
}
