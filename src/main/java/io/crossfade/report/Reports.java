package io.crossfade.report;

import io.crossfade.approval.ApprovalStore;
import io.crossfade.release.Deployment;
import io.crossfade.report.ReleaseReport.Ending;
import io.crossfade.report.ReportMetrics.Measured;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Writes the report of a release that has ended. Nothing depends on it: what fails here is logged
 * and nothing else, and it has its time and no more.
 */
@ApplicationScoped
public class Reports {
  /** Both are of the 60 s that a function has; whoever is to be told waits as long. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration PATIENCE_WITH_METRICS = Duration.ofSeconds(5);

  private final ReportMetrics metrics;
  private final ApprovalStore approvals;
  private final ReportStore store;
  private final Duration patience;
  private final Duration patienceWithMetrics;
  private final Consumer<String> log;

  @Inject
  Reports(ReportMetrics metrics, ApprovalStore approvals, ReportStore store) {
    this(
        metrics,
        approvals,
        store,
        PATIENCE,
        PATIENCE_WITH_METRICS,
        Logger.getLogger(Reports.class)::warn);
  }

  Reports(
      ReportMetrics metrics,
      ApprovalStore approvals,
      ReportStore store,
      Duration patience,
      Duration patienceWithMetrics,
      Consumer<String> log) {
    this.metrics = metrics;
    this.approvals = approvals;
    this.store = store;
    this.patience = patience;
    this.patienceWithMetrics = patienceWithMetrics;
    this.log = log;
  }

  /**
   * @param outcome as the state machine calls it
   * @param now when the release ended
   */
  public WrittenReport write(
      String outcome, Ending ending, Deployment deployment, String execution, Instant now) {
    Optional<Measured> measured =
        deployment.target() == null ? Optional.empty() : measured(deployment, now);
    Optional<String> place =
        within(
            patience,
            "the report was not written",
            () ->
                store.save(
                    deployment.id(),
                    execution,
                    DeploymentReport.of(
                        outcome,
                        ending,
                        deployment,
                        approvals.asked(deployment.id()),
                        measured.orElse(Measured.NOTHING),
                        now)));
    return new WrittenReport(
        place, measured.map(figures -> figures.of(deployment.target().canary().service())));
  }

  /** A report without figures is better than none. */
  private Optional<Measured> measured(Deployment deployment, Instant now) {
    return within(
        patienceWithMetrics,
        "the report has no figures",
        () -> metrics.between(deployment, DeploymentReport.begun(deployment, now), now));
  }

  /** Whatever goes wrong is an answer in time. */
  private <T> Optional<T> within(Duration time, String otherwise, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "report");
    thread.setDaemon(true);
    thread.start();
    try {
      return Optional.of(task.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      log.accept("%s within %d s".formatted(otherwise, time.toSeconds()));
    } catch (ExecutionException failed) {
      log.accept("%s: %s".formatted(otherwise, failed.getCause()));
    } catch (InterruptedException stopped) {
      log.accept(otherwise + ": it was interrupted");
      // Whatever else it would do is too late as well.
      Thread.currentThread().interrupt();
    }
    task.cancel(true);
    return Optional.empty();
  }
}
