package io.crossfade.plan;

import io.crossfade.lock.Executions;
import io.crossfade.lock.Executions.Status;
import io.crossfade.lock.Holder;
import io.crossfade.lock.Holder.Remains;
import io.crossfade.lock.Lock;
import io.crossfade.release.Deployment;
import io.crossfade.rollback.Restore;
import io.crossfade.rollback.SnapshotStore;
import io.crossfade.rollback.Survey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Finds out what became of the deployment that holds a lock. */
@ApplicationScoped
public class HolderSurvey {
  private final Executions executions;
  private final SnapshotStore snapshots;
  private final Survey survey;

  public HolderSurvey(Executions executions, SnapshotStore snapshots, Survey survey) {
    this.executions = executions;
    this.snapshots = snapshots;
    this.survey = survey;
  }

  /** Step Functions forgets an execution 90 days after its end. */
  Holder of(Lock lock, Instant now) {
    Status said = executions.of(lock.execution());
    boolean forgotten = said == Status.UNKNOWN && lock.outlived(now);
    Status status = forgotten ? Status.ENDED_BADLY : said;
    return new Holder(status, status == Status.ENDED_BADLY ? remains(lock) : Remains.UNSEEN);
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
