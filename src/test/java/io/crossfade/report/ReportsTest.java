package io.crossfade.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.FakeApprovalStore;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.report.ReleaseReport.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final List<ReleaseReport> saved = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  private final ReportMetrics counted =
      (deployment, from, to) ->
          new ReportMetrics.Measured(
              60,
              List.of(
                  new Samples.Requests(from, Map.of("backend-blue", count())),
                  new Samples.Requests(
                      from.plusSeconds(60),
                      Map.of("backend-blue", count(), "backend-green", new Samples.Count(5, 2))),
                  new Samples.Requests(
                      from.plusSeconds(120), Map.of("backend-green", new Samples.Count(4, 0)))),
              List.of());

  private final ReportStore kept =
      (deployment, execution, report) -> {
        saved.add(report);
        return deployment + " in " + execution;
      };

  private static Samples.Count count() {
    return new Samples.Count(7, 0);
  }

  private WrittenReport written(
      Deployment deployment,
      ReportMetrics metrics,
      ReportStore store,
      Duration patience,
      Duration patienceWithMetrics) {
    return new Reports(
            metrics, new FakeApprovalStore(), store, patience, patienceWithMetrics, log::add)
        .write("Refused", Ending.UNCHANGED, deployment, "execution", Sample.START.plusSeconds(60));
  }

  private String write(
      Deployment deployment,
      ReportMetrics metrics,
      ReportStore store,
      Duration patience,
      Duration patienceWithMetrics) {
    return written(deployment, metrics, store, patience, patienceWithMetrics)
        .place()
        .orElse("nowhere");
  }

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException cancelled) {
      throw new TransientFailure("cancelled");
    }
  }

  @Test
  void aReportHasItsFiguresAndAPlace() {
    assertThat(write(Sample.at(3), counted, kept, LONG, LONG)).isEqualTo("run-1 in execution");
    assertThat(saved).singleElement().extracting(r -> r.samples().requests().size()).isEqualTo(3);
    assertThat(log).isEmpty();
  }

  @Test
  void theRequestsOfTheNewVersionAreAddedUp() {
    assertThat(written(Sample.at(3), counted, kept, LONG, LONG).canary())
        .hasValue(new Samples.Count(9, 2));
  }

  @Test
  void oneWithoutFiguresIsWrittenWhereCloudWatchFails() {
    ReportMetrics away =
        (deployment, from, to) -> {
          throw new TransientFailure("CloudWatch is away");
        };
    assertThat(write(Sample.at(3), away, kept, LONG, LONG)).isEqualTo("run-1 in execution");
    assertThat(saved.get(0).samples().requests()).isEmpty();
    assertThat(log)
        .containsExactly(
            "the report has no figures: io.crossfade.release.TransientFailure: CloudWatch is away");
  }

  @Test
  void oneWithoutFiguresIsWrittenWhereCloudWatchHangs() {
    ReportMetrics hanging =
        (deployment, from, to) -> {
          hang();
          return null;
        };
    assertThat(write(Sample.at(3), hanging, kept, LONG, SHORT)).isEqualTo("run-1 in execution");
    assertThat(log).containsExactly("the report has no figures within 0 s");
  }

  @Test
  void nothingButALineOfTheLogComesOfAStoreThatFails() {
    ReportStore full =
        (deployment, execution, report) -> {
          throw new StackOverflowError("even so");
        };
    assertThat(write(Sample.at(3), counted, full, LONG, LONG)).isEqualTo("nowhere");
    assertThat(log)
        .containsExactly("the report was not written: java.lang.StackOverflowError: even so");
  }

  @Test
  void aStoreThatHangsKeepsNobody() {
    ReportStore hanging =
        (deployment, execution, report) -> {
          hang();
          return "";
        };
    assertThat(write(Sample.at(3), counted, hanging, SHORT, LONG)).isEqualTo("nowhere");
    assertThat(log).containsExactly("the report was not written within 0 s");
  }

  @Test
  void nothingIsCountedForAReleaseThatWasNotPlanned() {
    Deployment refused = Deployment.refused("run-9", Sample.EXECUTION, "no");
    ReportMetrics untouched =
        (Deployment deployment, Instant from, Instant to) -> {
          throw new AssertionError("asked");
        };
    write(refused, untouched, kept, LONG, LONG);
    assertThat(log).isEmpty();
    assertThat(saved).hasSize(1);
  }
}
