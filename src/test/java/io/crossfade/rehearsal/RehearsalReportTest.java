package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalReportTest {
  @ParameterizedTest
  @CsvSource({"0, ''", "2, 2 of 400 acknowledged orders are lost"})
  void whatSomebodyBreaksOnThePageMayFailRequestsButLoseNoOrder(long lost, String objections) {
    Map<String, VersionCount> versions =
        Map.of(RequestTally.LOAD_BALANCER, new VersionCount(100, 30, Map.of()));
    assertThat(String.join("", SampleReport.troubled(versions, lost).objections()))
        .isEqualTo(objections);
  }

  /** Of 100 requests each, so many failed that the new version or the load balancer answered. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          scenario | new | balancer | unanswered | objection
          ALARM    | 9   | 0        | 0          | -
          ALARM    | 9   | 1        | 0          | 1 requests failed that backend-2 did not get
          HANG     | 0   | 30       | 30         | -
          HANG     | 0   | 31       | 30         | 1 requests failed that backend-2 did not get
          UNHEALTHY| 0   | 1        | 1          | 1 requests failed, none may
          """,
      useHeadersInDisplayName = true)
  void onlyWhatTheNewVersionGotMayFail(
      Scenario scenario, long fromNew, long fromBalancer, long unanswered, String objection) {
    Map<String, VersionCount> versions =
        Map.of(
            "backend-2",
            new VersionCount(100, fromNew, Map.of()),
            RequestTally.LOAD_BALANCER,
            new VersionCount(100, fromBalancer, Map.of()));
    assertThat(SampleReport.with(scenario, "RolledBack", versions, 0, unanswered).objections())
        .isEqualTo(objection == null ? List.of() : List.of(objection));
  }
}
