package io.crossfade.slack;

import io.crossfade.release.Versioned;
import java.util.Optional;

/** Where each deployment's message is remembered. */
public interface ReleaseMessageStore {
  Optional<Versioned<ReleaseMessage>> find(String deploymentId);

  /**
   * @return false if there is one already
   */
  boolean create(String deploymentId, ReleaseMessage message);

  /**
   * @return what is stored now; empty if somebody else has written it since it was found
   */
  Optional<Versioned<ReleaseMessage>> replace(
      String deploymentId, Versioned<ReleaseMessage> found, ReleaseMessage next);
}
