package io.crossfade.plan;

import io.crossfade.lock.Executions;
import io.crossfade.lock.Executions.Status;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockHolder;
import io.crossfade.lock.LockHolder.Remains;
import io.crossfade.release.Deployment;
import io.crossfade.rollback.CurrentStateReader;
import io.crossfade.rollback.Restore;
import io.crossfade.rollback.SnapshotStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Finds out what became of the deployment that holds a lock. */
@ApplicationScoped
public class LockHolderReader {
  private final Executions executions;
  private final SnapshotStore snapshots;
  private final CurrentStateReader survey;

  public LockHolderReader(
      Executions executions, SnapshotStore snapshots, CurrentStateReader survey) {
    this.executions = executions;
    this.snapshots = snapshots;
    this.survey = survey;
  }

  /** Step Functions forgets an execution 90 days after its end. */
  LockHolder of(Lock lock, Instant now) {
    Status said = executions.of(lock.execution());
    boolean forgotten = said == Status.UNKNOWN && lock.outlived(now);
    Status status = forgotten ? Status.ENDED_BADLY : said;
    return new LockHolder(status, status == Status.ENDED_BADLY ? remains(lock) : Remains.UNSEEN);
  }

  private Remains remains(Lock lock) {
    return snapshots.find(lock.deployment()).map(this::remains).orElse(Remains.NOTHING_STORED);
  }

  private Remains remains(Deployment stored) {
    return Restore.differences(stored.snapshot(), survey.of(stored)).isEmpty()
        ? Remains.AS_IT_WAS
        : Remains.DIFFERENT;
  }
}
