package io.crossfade.approval;

import java.util.Optional;

/** The questions that were asked, each answered once. */
public interface Approvals {
  /** Keeps a question; does nothing if it is there already. */
  void keep(Pending pending);

  Optional<Kept> find(String nonce);

  /**
   * Replaces what was found, unless somebody else has in the meantime.
   *
   * @return whether it did
   */
  boolean replace(Kept found, Pending next);

  /** Remembers where a deployment's question was posted. */
  void posted(String deploymentId, Asked asked);

  Optional<Asked> asked(String deploymentId);

  /**
   * @param version the store's name for exactly this content
   */
  record Kept(Pending pending, String version) {}
}
