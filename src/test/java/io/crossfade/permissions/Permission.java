package io.crossfade.permissions;

/**
 * One action on one resource, as a statement of a function's policy allows it.
 *
 * @param resource a pattern
 */
public record Permission(String function, String statement, String action, String resource) {
  @Override
  public String toString() {
    return "%s %s %s on %s".formatted(function, statement, action, resource);
  }
}
