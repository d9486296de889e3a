package io.crossfade.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.Service;
import io.crossfade.fleet.Service.Endpoint;
import io.crossfade.fleet.ServiceSample;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import io.crossfade.release.ScalingState;
import io.crossfade.release.Snapshot;
import io.crossfade.rollback.Difference.Part;
import io.crossfade.rollback.RestorePolicy.Action;
import io.crossfade.traffic.ListenerRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestorePolicyTest {
  private static final List<ScalingState> SCALING = Sample.snapshot().scaling();

  @Test
  void aSiteThatIsAsItWasHasNoDifferences() {
    assertThat(differences(now(1, 0, ServiceSample.stable(), ServiceSample.canary(), SCALING)))
        .isEmpty();
  }

  @Test
  void everyPartThatDiffersIsTold() {
    Service blue = ServiceSample.blue(1, 1);
    Service green =
        ServiceSample.service(
            "backend-green", Sample.NEW, 2, 2, List.of(new Endpoint(Sample.GREEN, "app")));
    List<ScalingState> held = SCALING.stream().map(ScalingState::shrinkHeld).toList();
    assertThat(differences(now(50, 50, blue, green, held)))
        .extracting(Difference::what)
        .containsExactly(
            "the rule",
            "backend-blue's desired count",
            "backend-green's task definition",
            "backend-green's desired count",
            "backend-blue's scaling",
            "backend-green's scaling");
  }

  @Test
  void theWeightsMustBeThoseOfTheSnapshotAndNotJustMeanTheSame() {
    assertThat(differences(now(100, 0, ServiceSample.stable(), ServiceSample.canary(), SCALING)))
        .extracting(Difference::part)
        .containsExactly(Part.TRAFFIC);
  }

  @Test
  void aLiveServiceThatGrewIsLeftAsItIs() {
    CurrentState grown = now(1, 0, ServiceSample.blue(5, 5), ServiceSample.canary(), SCALING);
    assertThat(differences(grown)).isEmpty();
    assertThat(RestorePolicy.wanted(Sample.snapshot(), grown).desiredCount()).isEqualTo(5);
  }

  /** Its maximum is 6: the autoscaler would cut the rest after the restore. */
  @ParameterizedTest
  @CsvSource({"6, 0, 6", "7, 1, 6"})
  void aLiveServiceGrowsNoFurtherThanItsMaximum(int tasks, int differences, int wanted) {
    CurrentState grown =
        now(1, 0, ServiceSample.blue(tasks, tasks), ServiceSample.canary(), SCALING);
    assertThat(differences(grown)).hasSize(differences);
    assertThat(RestorePolicy.wanted(Sample.snapshot(), grown).desiredCount()).isEqualTo(wanted);
  }

  @Test
  void aServiceThatIsGoneIsADifference() {
    CurrentState gone =
        new CurrentState(
            new ListenerRule(Sample.RULE, false, List.of(Sample.forward(1, 0))),
            null,
            Map.of("backend-blue", ServiceSample.stable()),
            SCALING);
    assertThat(differences(gone))
        .extracting(Difference::sentence)
        .containsExactly("backend-green was there, is unknown to ECS");
  }

  /** The snapshot has the test rule at 1 to 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          users back | test rule | seen for | put back
          false      | canary    | -        | TRAFFIC
          true       | canary    | 0        | TEST_TRAFFIC
          true       | canary    | 30       | TEST_TRAFFIC SERVICE
          true       | as it was | 0        | -
          true       | as it was | 30       | SERVICE
          true       | gone      | 0        | -
          true       | gone      | 30       | SERVICE
          """,
      useHeadersInDisplayName = true)
  void theTestRuleGoesBackRightAfterTheUsersAndAGoneOneWaitsForTheRest(
      boolean usersBack, String test, Integer seenFor, String putBack) {
    Service green =
        ServiceSample.service(
            "backend-green", Sample.PARKED, 2, 2, List.of(new Endpoint(Sample.GREEN, "app")));
    CurrentState plain =
        now(usersBack ? 1 : 0, usersBack ? 0 : 1, ServiceSample.stable(), green, SCALING);
    ListenerRule rule =
        switch (test) {
          case "gone" -> null;
          case "canary" -> plain.rule().withActions(List.of(Sample.forward(0, 100)));
          default -> plain.rule().withActions(List.of(Sample.forward(1, 0)));
        };
    CurrentState now = new CurrentState(plain.rule(), rule, plain.services(), plain.scaling());
    var since = seenFor == null ? null : Sample.START;
    Deployment deployment =
        Sample.at(1, Sample.tested(), Sample.testedSnapshot())
            .with(new Restoration("bad", Sample.START, since));

    List<Part> due =
        RestorePolicy.due(
            deployment,
            SnapshotComparison.differences(deployment.snapshot(), now),
            Sample.START.plusSeconds(seenFor == null ? 60 : seenFor));

    String names = due.isEmpty() ? null : String.join(" ", due.stream().map(Part::name).toList());
    assertThat(names).isEqualTo(putBack);
  }

  @Test
  void whatNobodyCanPutBackIsGivenUpOnceItIsAllThatIsLeft() {
    CurrentState now = now(1, 0, ServiceSample.stable(), ServiceSample.canary(), SCALING);
    Deployment deployment =
        Sample.at(1, Sample.tested(), Sample.testedSnapshot())
            .with(new Restoration("bad", Sample.START, Sample.START));
    var gone = SnapshotComparison.differences(deployment.snapshot(), now);
    assertThat(gone)
        .extracting(Difference::sentence)
        .singleElement()
        .asString()
        .startsWith("the test rule was forward to ")
        .endsWith(", is gone or cannot be read");
    assertThat(RestorePolicy.due(deployment, gone, Sample.START.plusSeconds(30)))
        .containsExactly(Part.LOST);
  }

  /** Traffic has been seen as it was for so many seconds; it settles in 30. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          traffic differs | seen for | put back
          true            | -        | TRAFFIC
          true            | 60       | TRAFFIC
          false           | -        | -
          false           | 0        | -
          false           | 29       | -
          false           | 30       | SERVICE SCALING
          """,
      useHeadersInDisplayName = true)
  void trafficGoesBackFirstAndServicesOnlyOnceItHasSettled(
      boolean trafficDiffers, Integer seenFor, String putBack) {
    int blue = trafficDiffers ? 50 : 1;
    Service green =
        ServiceSample.service(
            "backend-green", Sample.NEW, 2, 2, List.of(new Endpoint(Sample.GREEN, "app")));
    CurrentState now =
        now(blue, 50 * (trafficDiffers ? 1 : 0), ServiceSample.stable(), green, List.of());
    var since = seenFor == null ? null : Sample.START;
    Deployment deployment = Sample.at(1).with(new Restoration("bad", Sample.START, since));
    var at = Sample.START.plusSeconds(seenFor == null ? 60 : seenFor);
    List<Part> due = RestorePolicy.due(deployment, differences(now), at);
    String names = due.isEmpty() ? null : String.join(" ", due.stream().map(Part::name).toList());
    assertThat(names).isEqualTo(putBack);
  }

  /** The balancer has 30 s; that nothing differs is looked at twice, and not in one breath. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          differs | put back | wait
          false   | -        | 10
          true    | TRAFFIC  | 1
          true    | -        | 30
          true    | SERVICE  | 1
          """,
      useHeadersInDisplayName = true)
  void onlyWhatSettlesIsWaitedFor(boolean differs, Part putBack, int seconds) {
    CurrentState now =
        now(1, 0, ServiceSample.stable(), ServiceSample.green(differs ? 2 : 0, 0), SCALING);
    Deployment deployment = Sample.at(1).with(new Restoration("bad", Sample.START, Sample.START));
    List<Part> done = putBack == null ? List.of() : List.of(putBack);
    assertThat(RestorePolicy.afterPutBack(deployment, differences(now), done).waitSeconds())
        .isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "true, 10, RESTORED",
    "true, 10000, RESTORED",
    "false, 930, ROLL_BACK",
    "false, 931, INCOMPLETE"
  })
  void itIsRestoredOnlyWhenEverythingReadsEqual(boolean equal, int seconds, Action action) {
    CurrentState now =
        now(
            equal ? 1 : 80,
            equal ? 0 : 20,
            ServiceSample.stable(),
            ServiceSample.canary(),
            SCALING);
    Deployment deployment = Sample.at(1).with(new Restoration("alarm fired", Sample.START, null));
    Decision<Action> decision =
        RestorePolicy.decide(deployment, differences(now), Sample.START.plusSeconds(seconds));
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.reason()).startsWith("alarm fired");
  }

  @Test
  void anIncompleteRestoreTellsWhatIsLeft() {
    CurrentState now = now(1, 0, ServiceSample.stable(), ServiceSample.green(3, 3), SCALING);
    Deployment deployment = Sample.at(1).with(new Restoration("alarm", Sample.START, null));
    Decision<Action> decision =
        RestorePolicy.decide(deployment, differences(now), Sample.START.plusSeconds(931));
    assertThat(decision.reason()).contains("backend-green's desired count was 0, is 3");
  }

  private static List<Difference> differences(CurrentState now) {
    return SnapshotComparison.differences(Sample.snapshot(), now);
  }

  private static CurrentState now(
      int blueWeight, int greenWeight, Service blue, Service green, List<ScalingState> scaling) {
    Map<String, Service> services = new TreeMap<>();
    services.put(blue.name(), blue);
    services.put(green.name(), green);
    return new CurrentState(
        new ListenerRule(Sample.RULE, false, List.of(Sample.forward(blueWeight, greenWeight))),
        null,
        services,
        scaling);
  }

  @Test
  void visitorsWhoStickToTheCanaryGroupKeepItsTasksUntilTheirCookieRunsOut() {
    Map<String, Object> forward = new TreeMap<>(Sample.forward(1, 0));
    Map<String, Object> config = new TreeMap<>();
    ((Map<?, ?>) forward.get("ForwardConfig")).forEach((k, v) -> config.put((String) k, v));
    config.put("TargetGroupStickinessConfig", Map.of("Enabled", true, "DurationSeconds", 300));
    forward.put("ForwardConfig", config);
    Snapshot plain = Sample.snapshot();
    Snapshot sticky =
        new Snapshot(
            plain.takenAt(),
            List.of(forward),
            plain.stable(),
            plain.canary(),
            SCALING,
            List.of(),
            List.of(),
            List.of());
    Deployment deployment =
        Sample.at(1, Sample.release(), sticky)
            .with(new Restoration("bad", Sample.START, Sample.START));
    var services = List.of(new Difference(Part.SERVICE, "backend-green", "0", "2"));
    assertThat(RestorePolicy.due(deployment, services, Sample.START.plusSeconds(329))).isEmpty();
    assertThat(RestorePolicy.due(deployment, services, Sample.START.plusSeconds(330)))
        .containsExactly(Part.SERVICE);
  }

  /** What was still running when the execution was stopped may write for 60 s. */
  @ParameterizedTest
  @CsvSource({
    "run-1,           0, RESTORED",
    "run-1-restore-1, 0, ROLL_BACK",
    "run-1-restore-1, 59, ROLL_BACK",
    "run-1-restore-1, 60, RESTORED"
  })
  void whatWasTakenOverIsRestoredOnlyOnceNobodyElseCanWrite(
      String execution, int seconds, Action action) {
    Deployment deployment =
        Sample.at(1)
            .continuedBy(Sample.EXECUTION.replace(":run-1", ":" + execution))
            .with(new Restoration("stopped", Sample.START, Sample.START));
    Decision<Action> decision =
        RestorePolicy.decide(deployment, List.of(), Sample.START.plusSeconds(seconds));
    assertThat(decision.action()).isEqualTo(action);
  }
}
