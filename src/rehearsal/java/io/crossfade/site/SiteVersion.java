package io.crossfade.site;

import static java.util.Objects.requireNonNull;

/**
 * One version of the frontend or the backend.
 *
 * @param name what every response carries as {@code X-Version}, e.g. {@code backend-2}
 */
public record SiteVersion(String name, Behaviour behaviour) {
  public SiteVersion {
    requireNonNull(name, "name");
    requireNonNull(behaviour, "behaviour");
    if (name.isBlank()) {
      throw new IllegalArgumentException("a version needs a name");
    }
  }

  public static SiteVersion good(String name) {
    return new SiteVersion(name, Behaviour.GOOD);
  }
}
