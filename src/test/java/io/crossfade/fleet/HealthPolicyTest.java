package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.HealthPolicy.Action;
import io.crossfade.release.Deployment;
import io.crossfade.release.HealthSettings;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthPolicyTest {
  /** Needed: 2 healthy targets, 3 polls in a row, within 900 s. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          running | deployments | rollout     | failed | healthy | passes | seconds | action    | now passed
          2       | 1           | COMPLETED   | 0      | 2       | 0      | 30      | WAIT      | 1
          2       | 1           | COMPLETED   | 0      | 2       | 1      | 45      | WAIT      | 2
          2       | 1           | COMPLETED   | 0      | 2       | 2      | 60      | HEALTHY   | 3
          2       | 1           | COMPLETED   | 0      | 3       | 2      | 60      | HEALTHY   | 3
          2       | 1           | COMPLETED   | 0      | 1       | 2      | 60      | WAIT      | 0
          2       | 1           | IN_PROGRESS | 0      | 2       | 2      | 60      | WAIT      | 0
          2       | 2           | COMPLETED   | 0      | 2       | 2      | 60      | WAIT      | 0
          1       | 1           | COMPLETED   | 0      | 2       | 2      | 60      | WAIT      | 0
          0       | 1           | IN_PROGRESS | 2      | 0       | 0      | 60      | WAIT      | 0
          0       | 1           | IN_PROGRESS | 3      | 0       | 0      | 60      | ROLL_BACK | 0
          2       | 1           | FAILED      | 0      | 2       | 2      | 60      | ROLL_BACK | 0
          2       | 1           | COMPLETED   | 0      | 1       | 0      | 900     | WAIT      | 0
          2       | 1           | COMPLETED   | 0      | 1       | 0      | 901     | ROLL_BACK | 0
          2       | 1           | COMPLETED   | 0      | 2       | 2      | 901     | HEALTHY   | 3
          """,
      useHeadersInDisplayName = true)
  void onlyEnoughHealthyTargetsForSeveralPollsMayGetTraffic(
      int running,
      int deployments,
      String rollout,
      int failed,
      int healthy,
      int passes,
      int seconds,
      Action action,
      int nowPassed) {
    Service canary = ServiceSample.rolling(Sample.NEW, running, deployments, rollout, failed);
    HealthPolicy.Result result = decide(canary, healthy, passes, seconds);
    assertThat(result.decision().action()).isEqualTo(action);
    assertThat(result.passes()).isEqualTo(nowPassed);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 60,   0, 30,   HEALTHY",
    "5, 900,  3, 30,   WAIT",
    "5, 900,  4, 30,   HEALTHY",
    "3, 60,   0, 60,   WAIT",
    "3, 60,   0, 61,   ROLL_BACK",
    "3, 1800, 0, 1800, WAIT"
  })
  void theReleaseSaysHowManyPollsAndHowLong(
      int polls, int deadline, int passes, int seconds, Action action) {
    Deployment deployment = Sample.at(-1, Sample.checked(new HealthSettings(deadline, polls, 300)));
    Service canary = ServiceSample.rolling(Sample.NEW, 2, 1, "COMPLETED", 0);
    assertThat(
            HealthPolicy.decide(
                    deployment.with(deployment.progress().withPasses(passes)),
                    canary,
                    new CanaryHealth("backend-green", 2, 2),
                    Sample.START.plusSeconds(seconds))
                .decision()
                .action())
        .isEqualTo(action);
  }

  @Test
  void withATestRuleThatComesBeforeUsers() {
    Deployment deployment = Sample.at(-1, Sample.tested());
    HealthPolicy.Result result =
        HealthPolicy.decide(
            deployment.with(deployment.progress().withPasses(2)),
            ServiceSample.rolling(Sample.NEW, 2, 1, "COMPLETED", 0),
            new CanaryHealth("backend-green", 2, 2),
            Sample.START.plusSeconds(60));
    assertThat(result.decision().action()).isEqualTo(Action.TEST_FIRST);
  }

  @ParameterizedTest
  @CsvSource({", CHECK_FIRST", "25, HEALTHY"})
  void itsOwnChecksComeBeforeUsersUnlessTheyComeAfterAStep(Integer after, Action action) {
    ReleaseCheck check =
        new ReleaseCheck("check", 60, after, null, new ReleaseCheck.Lambda("f"), null);
    Deployment deployment = Sample.at(-1, Sample.checkedBy(null, check));
    HealthPolicy.Result result =
        HealthPolicy.decide(
            deployment.with(deployment.progress().withPasses(2)),
            ServiceSample.rolling(Sample.NEW, 2, 1, "COMPLETED", 0),
            new CanaryHealth("backend-green", 2, 2),
            Sample.START.plusSeconds(60));
    assertThat(result.decision().action()).isEqualTo(action);
  }

  @Test
  void theReasonCarriesTheComparison() {
    Service canary = ServiceSample.rolling(Sample.NEW, 2, 1, "COMPLETED", 0);
    assertThat(decide(canary, 1, 2, 60).decision().reason())
        .isEqualTo(
            "1 of 2 targets healthy, 2 needed for 3 polls in a row (0 passed); 2 of 2 tasks running");
  }

  @Test
  void leftoversThatDrainOrAreUnusedNeitherHelpNorHinder() {
    var targets =
        new TargetHealth.Reading(Map.of("healthy", 2, "draining", 5, "unused", 1, "unhealthy", 1));
    assertThat(targets.healthy()).isEqualTo(2);
  }

  @Test
  void aServiceThatSomeoneElseDeployedIsNotTheNewVersion() {
    Service other = ServiceSample.rolling(Sample.OLD, 2, 1, "COMPLETED", 0);
    assertThat(decide(other, 2, 2, 60).decision().reason()).contains("someone else deployed");
  }

  @Test
  void aServiceThatIsGoneIsNotHealthy() {
    assertThat(decide(null, 2, 2, 60).decision().action()).isEqualTo(Action.ROLL_BACK);
  }

  private static HealthPolicy.Result decide(Service canary, int healthy, int passes, int seconds) {
    Deployment deployment = Sample.at(-1);
    deployment = deployment.with(deployment.progress().withPasses(passes));
    var targets = new TargetHealth.Reading(Map.of("healthy", healthy));
    return HealthPolicy.decide(
        deployment,
        canary,
        CanaryHealth.of(deployment, targets),
        Sample.START.plusSeconds(seconds));
  }
}
