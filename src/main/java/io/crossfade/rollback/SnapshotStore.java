package io.crossfade.rollback;

import io.crossfade.release.Deployment;

/** Where a deployment's document is kept before its first change, so that a restore can read it. */
public interface SnapshotStore {
  void save(Deployment deployment);
}
