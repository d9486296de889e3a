package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.fleet.TaskDefinitions;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockStore;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.Versioned;
import io.crossfade.rollback.SnapshotStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a release has left on the record, by which it can be taken back. */
@ApplicationScoped
public class Reverts {
  private final SnapshotStore snapshots;
  private final LockStore locks;
  private final TaskDefinitions definitions;

  public Reverts(SnapshotStore snapshots, LockStore locks, TaskDefinitions definitions) {
    this.snapshots = snapshots;
    this.locks = locks;
    this.definitions = definitions;
  }

  /** The release that a revert is; empty if there is no record of what it takes back. */
  Optional<Release> release(RevertRequest request) {
    return snapshots
        .find(request.revert().deployment())
        .map(taken -> request.release(taken, image(taken)));
  }

  /** No revision ever changes, so that it does not matter when it is read. */
  private String image(Deployment taken) {
    return ContainerImages.of(
        definitions.read(taken.snapshot().stable().taskDefinition()), taken.release().container());
  }

  /** Why a release cannot be taken back, with the lock held; nothing for one that is no revert. */
  List<String> problems(Release release, DeploymentTarget target, Map<String, Service> services) {
    if (release.revert() == null) {
      return List.of();
    }
    String id = release.revert().deployment();
    return RevertPolicy.problems(
        snapshots.find(id).orElseThrow(),
        snapshots.findFinishing(id).orElse(null),
        locks.find(release.ruleArn()).map(Versioned::document).map(Lock::live).orElse(null),
        target,
        services);
  }
}
