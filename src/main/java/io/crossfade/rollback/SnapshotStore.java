package io.crossfade.rollback;

import io.crossfade.release.Deployment;
import java.util.Optional;

/** Where a deployment's document is kept before its first change, so that a restore can read it. */
public interface SnapshotStore {
  void save(Deployment deployment);

  /** The document that was saved; empty if nothing was ever changed under this id. */
  Optional<Deployment> find(String id);

  /** The document as it was when its old version began to be taken away; empty before that. */
  Optional<Deployment> findFinishing(String id);
}
