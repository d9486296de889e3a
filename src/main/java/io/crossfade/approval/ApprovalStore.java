package io.crossfade.approval;

import java.util.Optional;

/** The questions that were asked, each answered once. */
public interface ApprovalStore {
  /** Keeps a question; does nothing if it is there already. */
  void keep(PendingApproval pending);

  Optional<Kept> find(String nonce);

  /**
   * Replaces what was found, unless somebody else has in the meantime.
   *
   * @return whether it did
   */
  boolean replace(Kept found, PendingApproval next);

  /** Remembers where a deployment's question was posted. */
  void posted(String deploymentId, PostedApproval asked);

  Optional<PostedApproval> asked(String deploymentId);

  /**
   * @param version the store's name for exactly this content
   */
  record Kept(PendingApproval pending, String version) {}
}
