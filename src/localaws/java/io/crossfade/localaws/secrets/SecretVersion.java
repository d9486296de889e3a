package io.crossfade.localaws.secrets;

import java.time.Instant;
import java.util.Objects;

/**
 * One value that a secret had or has.
 *
 * @param id also the token by which a repeated request is known
 */
record SecretVersion(String id, String value, Instant created) {
  SecretVersion {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(created, "created");
  }
}
