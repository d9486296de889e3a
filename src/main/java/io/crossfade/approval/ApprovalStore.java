package io.crossfade.approval;

import io.crossfade.release.Versioned;
import java.util.Optional;

/** The questions that were asked, each answered once. */
public interface ApprovalStore {
  /** Keeps a question; does nothing if it is there already. */
  void keep(PendingApproval pending);

  Optional<Versioned<PendingApproval>> find(String nonce);

  /**
   * Replaces what was found, unless somebody else has in the meantime.
   *
   * @return what is stored now; empty if somebody else was quicker
   */
  Optional<Versioned<PendingApproval>> replace(
      Versioned<PendingApproval> found, PendingApproval next);

  /** Remembers where a deployment's question was posted. */
  void posted(String deploymentId, PostedApproval asked);

  Optional<PostedApproval> asked(String deploymentId);
}
