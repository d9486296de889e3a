package io.crossfade.approval;

import io.crossfade.release.ExecutionArn;
import java.util.Optional;

/**
 * A click that takes a release back.
 *
 * @param deployment the release's id
 */
record RevertClick(Clicker by, String deployment) implements InteractionPayload {
  static Optional<InteractionPayload> of(Clicker by, String value) {
    return ExecutionArn.isName(value) ? Optional.of(new RevertClick(by, value)) : Optional.empty();
  }
}
