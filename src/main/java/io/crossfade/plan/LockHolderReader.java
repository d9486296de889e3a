package io.crossfade.plan;

import io.crossfade.execution.ExecutionStatus;
import io.crossfade.execution.Executions;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockHolder;
import io.crossfade.lock.LockHolder.Remains;
import io.crossfade.release.Deployment;
import io.crossfade.rollback.CurrentStateReader;
import io.crossfade.rollback.Difference;
import io.crossfade.rollback.SnapshotComparison;
import io.crossfade.rollback.SnapshotStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Finds out what became of the deployment that holds a lock. */
@ApplicationScoped
public class LockHolderReader {
  private final Executions executions;
  private final SnapshotStore snapshots;
  private final CurrentStateReader current;

  public LockHolderReader(
      Executions executions, SnapshotStore snapshots, CurrentStateReader current) {
    this.executions = executions;
    this.snapshots = snapshots;
    this.current = current;
  }

  /** Step Functions forgets an execution 90 days after its end. */
  LockHolder of(Lock lock, Instant now) {
    ExecutionStatus said = executions.status(lock.execution());
    boolean forgotten = said == ExecutionStatus.UNKNOWN && lock.outlived(now);
    ExecutionStatus status = forgotten ? ExecutionStatus.TIMED_OUT : said;
    return new LockHolder(status, status.endedBadly() ? remains(lock) : Remains.UNSEEN);
  }

  private Remains remains(Lock lock) {
    return snapshots.find(lock.deployment()).map(this::remains).orElse(Remains.NOTHING_STORED);
  }

  private Remains remains(Deployment stored) {
    // What is lost nobody can put back: no restore would ever free the lock.
    return SnapshotComparison.differences(stored.snapshot(), current.of(stored)).stream()
            .allMatch(difference -> difference.part() == Difference.Part.LOST)
        ? Remains.AS_IT_WAS
        : Remains.DIFFERENT;
  }
}
