package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.fleet.TaskDefinitions;
import io.crossfade.lock.LockStore;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
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
  Optional<PlannedRelease> find(RevertRequest request) {
    return snapshots
        .find(request.revert().deployment())
        .map(taken -> new PlannedRelease(request.release(taken, image(taken)), taken, null));
  }

  /** The same with what the lock says, which is read only if that is needed. */
  PlannedRelease unlocked(PlannedRelease asked) {
    return asked.reverted() == null
        ? asked
        : asked.on(locks.find(asked.release().ruleArn()).map(Versioned::document).orElse(null));
  }

  /** No revision ever changes, so that it does not matter when it is read. */
  private String image(Deployment taken) {
    return ContainerImages.of(
        definitions.read(taken.snapshot().stable().taskDefinition()), taken.release().container());
  }

  /** Why a release cannot be taken back, with the lock held; nothing for one that is no revert. */
  List<String> problems(
      PlannedRelease asked, DeploymentTarget target, Map<String, Service> services) {
    Deployment planned = asked.reverted();
    return planned == null
        ? List.of()
        : RevertPolicy.problems(
            planned,
            snapshots.findFinishing(planned.id()).orElse(null),
            asked.live(),
            target,
            services);
  }
}
