package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/**
 * A stored document, and the store's name for exactly this content.
 *
 * @param version what a conditional write needs; an entity tag in S3
 */
public record Versioned<T>(T document, String version) {
  public Versioned {
    requireNonNull(document);
    requireNonNull(version);
  }
}
