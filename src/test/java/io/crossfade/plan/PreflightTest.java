package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.Service;
import io.crossfade.fleet.Service.Endpoint;
import io.crossfade.fleet.ServiceSample;
import io.crossfade.gate.Alarm;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.Release;
import io.crossfade.release.Sample;
import io.crossfade.release.ScalingState;
import io.crossfade.traffic.ForwardingRule;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.WeightedGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {
  private static final Alarm FINE = new Alarm("errors", Alarm.State.OK, null, "");
  private static final Alarm FIRING = new Alarm("errors", Alarm.State.ALARM, null, "5 > 1");

  @Test
  void aSiteAtRestMayBeReleased() {
    assertThat(problems(ServiceSample.stable(), List.of(FINE), Sample.release())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DRAINING | ECS         | ROLLING    | REPLICA | backend-blue is DRAINING, not ACTIVE
          ACTIVE   | CODE_DEPLOY | ROLLING    | REPLICA | deployment controller CODE_DEPLOY
          ACTIVE   | EXTERNAL    | ROLLING    | REPLICA | deployment controller EXTERNAL
          ACTIVE   | ECS         | BLUE_GREEN | REPLICA | deployment strategy BLUE_GREEN
          ACTIVE   | ECS         | CANARY     | REPLICA | deployment strategy CANARY
          ACTIVE   | ECS         | ROLLING    | DAEMON  | backend-blue has the scheduling strategy DAEMON
          """)
  void aServiceThatSomethingElseDeploysIsRefused(
      String status, String controller, String strategy, String scheduling, String problem) {
    Service service =
        new Service(
            "backend-blue",
            status,
            controller,
            strategy,
            scheduling,
            Sample.OLD,
            2,
            2,
            0,
            1,
            "COMPLETED",
            "",
            0,
            List.of(new Endpoint(Sample.BLUE, "app")));
    assertThat(problems(service, List.of(FINE), Sample.release()))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "0, 0", "4, 3"})
  void aLiveServiceThatIsNotWholeIsRefused(int desired, int running) {
    assertThat(problems(ServiceSample.blue(desired, running), List.of(FINE), Sample.release()))
        .containsExactly(
            "backend-blue has the traffic but runs %d of %d tasks".formatted(running, desired));
  }

  @Test
  void aContainerThatIsNotThereIsRefused() {
    Release release = Sample.release();
    Discovered found = found(ServiceSample.stable(), List.of(FINE), "sidecar");
    assertThat(Preflight.problems(release, Sample.target(), found))
        .containsExactly("the stable task definition has no container \"app\", only [sidecar]");
  }

  @Test
  void anAlarmThatFiresAlreadyIsRefusedByDefault() {
    assertThat(problems(ServiceSample.stable(), List.of(FIRING), Sample.release()))
        .singleElement()
        .asString()
        .contains("errors is ALARM: 5 > 1")
        .contains("alarm-already-firing");
  }

  @Test
  void anAlarmThatFiresAlreadyCanBeOverriddenOnTheRecord() {
    CheckOverride waiver =
        new CheckOverride(List.of(CheckOverride.Check.ALARM_ALREADY_FIRING), "An", "the fix");
    assertThat(problems(ServiceSample.stable(), List.of(FIRING), Sample.release(List.of(), waiver)))
        .isEmpty();
  }

  @Test
  void aReleaseThatNothingWatchesIsRefusedByDefault() {
    assertThat(problems(ServiceSample.stable(), List.of(), Sample.release()))
        .singleElement()
        .asString()
        .contains("no alarm watches");
    CheckOverride waiver =
        new CheckOverride(List.of(CheckOverride.Check.NO_ALARMS), "An", "first release");
    assertThat(problems(ServiceSample.stable(), List.of(), Sample.release(List.of(), waiver)))
        .isEmpty();
  }

  /** A version that answers with errors itself is nothing to the load balancer's own alarm. */
  @Test
  void anAlarmOfTheLoadBalancerAloneWatchesNothingUnlessItIsNamed() {
    Alarm own = new Alarm("own-5xx", Alarm.State.OK, null, "", null, null, Set.of(""), false);
    assertThat(problems(ServiceSample.stable(), List.of(own), Sample.release()))
        .singleElement()
        .asString()
        .contains("no alarm watches");
    assertThat(problems(ServiceSample.stable(), List.of(own), Sample.release(List.of("own-5xx"))))
        .isEmpty();
  }

  @Test
  void aNamedAlarmThatDoesNotExistIsRefused() {
    assertThat(problems(ServiceSample.stable(), List.of(FINE), Sample.release(List.of("latency"))))
        .containsExactly("CloudWatch does not know the alarm \"latency\"");
  }

  private static List<String> problems(Service stable, List<Alarm> alarms, Release release) {
    return Preflight.problems(release, Sample.target(), found(stable, alarms, "app"));
  }

  @Test
  void aParkedRevisionThatCannotBeGoneBackToIsRefused() {
    Discovered inactive = found(Sample.forward(1, 0), false, Sample.snapshot().scaling());
    assertThat(Preflight.problems(Sample.release(), Sample.target(), inactive))
        .singleElement()
        .asString()
        .contains("backend-green is parked on is not ACTIVE");
  }

  @Test
  void aScalableTargetOfOnlyOneColourIsRefused() {
    Discovered half = found(Sample.forward(1, 0), true, Sample.snapshot().scaling().subList(0, 1));
    assertThat(Preflight.problems(Sample.release(), Sample.target(), half))
        .singleElement()
        .asString()
        .contains("only one of the two services has a scalable target");
  }

  /** Blue is stable and runs 2 tasks, green is parked at 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          blue | green | problem
          2 6  | 0 6   | -
          2 2  | 0 0   | -
          0 1  | 0 6   | backend-blue has 2 tasks, more than its maximum of 1, so Application Auto Scaling would cut it during the release; run aws application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/site/backend-blue --max-capacity 2
          3 6  | 0 6   | backend-blue has 2 tasks, fewer than its minimum of 3, so Application Auto Scaling would raise it during the release; run aws ecs update-service --cluster site --service backend-blue --desired-count 3
          2 6  | 1 6   | backend-green has 0 tasks, fewer than its minimum of 1, so Application Auto Scaling would wake it during the release; run aws application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/site/backend-green --min-capacity 0
          """,
      useHeadersInDisplayName = true)
  void aServiceThatItsAutoscalerWouldMoveIsRefused(String blue, String green, String problem) {
    Discovered scaled =
        found(
            Sample.forward(1, 0),
            true,
            List.of(bounds("backend-blue", blue), bounds("backend-green", green)));
    assertThat(Preflight.problems(Sample.release(), Sample.target(), scaled))
        .isEqualTo(problem == null ? List.of() : List.of(problem));
  }

  private static ScalingState bounds(String service, String minAndMax) {
    String[] bounds = minAndMax.split(" ");
    return new ScalingState(
        service, Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]), false, false, false);
  }

  /** What another rule gives blue and green; - for a rule that does not name the group. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          blue | green | default | found
          -    | -     | false   | -
          0    | 0     | false   | -
          0    | -     | true    | -
          1    | 0     | false   | listener-rule/app/site/1a/2b/9f forwards to targetgroup/backend-blue/0000000000000001
          1    | -     | true    | listener-rule/app/site/1a/2b/9f (default) forwards to targetgroup/backend-blue/0000000000000001
          0    | 999   | false   | listener-rule/app/site/1a/2b/9f forwards to targetgroup/backend-green/0000000000000002
          1    | 1     | false   | listener-rule/app/site/1a/2b/9f forwards to targetgroup/backend-blue/0000000000000001, listener-rule/app/site/1a/2b/9f forwards to targetgroup/backend-green/0000000000000002
          """,
      useHeadersInDisplayName = true)
  void anotherRuleOnTheSameGroupsIsRefused(
      Integer blue, Integer green, boolean isDefault, String found) {
    List<WeightedGroup> groups = new ArrayList<>();
    groups.add(new WeightedGroup("arn:aws:elasticloadbalancing:x:1:targetgroup/other/3", 1));
    if (blue != null) {
      groups.add(new WeightedGroup(Sample.BLUE, blue));
    }
    if (green != null) {
      groups.add(new WeightedGroup(Sample.GREEN, green));
    }
    ForwardingRule other = new ForwardingRule(Sample.RULE.replace("/3c", "/9f"), isDefault, groups);
    List<String> expected =
        found == null
            ? List.of()
            : List.of(
                found
                    + "; a release moves none but its own rule, so requests of another may end at a"
                    + " service without tasks; give each rule target groups of its own, name one"
                    + " as test_rule_arn,"
                    + " or override shared-target-group with a reason");
    assertThat(Preflight.problems(Sample.release(), Sample.target(), beside(List.of(other))))
        .isEqualTo(expected);
  }

  @Test
  void theReleasesOwnRuleIsNoOther() {
    ForwardingRule own =
        new ForwardingRule(Sample.RULE, false, List.of(new WeightedGroup(Sample.BLUE, 1)));
    assertThat(Preflight.problems(Sample.release(), Sample.target(), beside(List.of(own))))
        .isEmpty();
  }

  @Test
  void theTestRuleIsNoOtherWhereItIsNamed() {
    ForwardingRule test =
        new ForwardingRule(Sample.TEST_RULE, false, List.of(new WeightedGroup(Sample.BLUE, 1)));
    assertThat(Preflight.problems(Sample.tested(), Sample.target(), beside(List.of(test))))
        .isEmpty();
    assertThat(Preflight.problems(Sample.release(), Sample.target(), beside(List.of(test))))
        .singleElement()
        .asString()
        .contains("name one as test_rule_arn");
  }

  @Test
  void aTestRuleThatCannotBeUsedIsToldBesideTheRest() {
    Discovered plain = found(Sample.forward(1, 0), false, List.of());
    Discovered found =
        new Discovered(
            plain.rule(),
            new ListenerRule(Sample.TEST_RULE, false, List.of(Sample.forward(0, 1))),
            plain.rulesAround(),
            plain.services(),
            plain.scaling(),
            plain.taskDefinition(),
            plain.unknownFields(),
            plain.parkedIsActive(),
            plain.alarms());
    assertThat(Preflight.problems(Sample.tested(), Sample.target(), found))
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).startsWith("the test rule forwards to "));
  }

  @Test
  void otherRulesCanBeOverriddenOnTheRecord() {
    CheckOverride override =
        new CheckOverride(List.of(CheckOverride.Check.SHARED_TARGET_GROUP), "An", "a test host");
    assertThat(
            Preflight.problems(
                Sample.release(List.of(), override), Sample.target(), beside(others(1))))
        .isEmpty();
  }

  @Test
  void ofManyOtherRulesTheFirstAreTold() {
    assertThat(Preflight.problems(Sample.release(), Sample.target(), beside(others(100))))
        .singleElement()
        .asString()
        .contains("/1000 forwards to", "/1004 forwards to", ", and 95 more; a release")
        .doesNotContain("/1005");
  }

  private static List<ForwardingRule> others(int count) {
    return IntStream.range(1000, 1000 + count)
        .mapToObj(
            i ->
                new ForwardingRule(
                    Sample.RULE.replace("/3c", "/" + i),
                    false,
                    List.of(new WeightedGroup(Sample.BLUE, 1))))
        .toList();
  }

  private static Discovered beside(List<ForwardingRule> rules) {
    Discovered alone = found(Sample.forward(1, 0), true, List.of());
    return new Discovered(
        alone.rule(),
        null,
        rules,
        alone.services(),
        alone.scaling(),
        alone.taskDefinition(),
        alone.unknownFields(),
        alone.parkedIsActive(),
        alone.alarms());
  }

  @Test
  void aRuleThatHasNoRoomForTheCanaryGroupIsRefused() {
    List<Map<String, Object>> five =
        Stream.of(Sample.BLUE, "b", "c", "d", "e")
            .map(arn -> Map.<String, Object>of("TargetGroupArn", arn, "Weight", 0))
            .toList();
    Map<String, Object> full =
        Map.of("Type", "forward", "ForwardConfig", Map.of("TargetGroups", five));
    assertThat(Preflight.problems(Sample.release(), Sample.target(), found(full, true, List.of())))
        .singleElement()
        .asString()
        .contains("5 target groups already");
  }

  @ParameterizedTest
  @CsvSource({"86400, 0", "86401, 1"})
  void cookiesThatLastForDaysAreRefused(int seconds, int problems) {
    Map<String, Object> sticky =
        Map.of(
            "Type",
            "forward",
            "ForwardConfig",
            Map.of(
                "TargetGroups",
                List.of(Map.of("TargetGroupArn", Sample.BLUE, "Weight", 1)),
                "TargetGroupStickinessConfig",
                Map.of("Enabled", true, "DurationSeconds", seconds)));
    assertThat(
            Preflight.problems(Sample.release(), Sample.target(), found(sticky, true, List.of())))
        .hasSize(problems);
  }

  private static Discovered found(Service stable, List<Alarm> alarms, String container) {
    return found(stable, alarms, container, Sample.forward(1, 0), true, List.of());
  }

  private static Discovered found(
      Map<String, Object> action, boolean parkedIsActive, List<ScalingState> scaling) {
    return found(ServiceSample.stable(), List.of(FINE), "app", action, parkedIsActive, scaling);
  }

  private static Discovered found(
      Service stable,
      List<Alarm> alarms,
      String container,
      Map<String, Object> action,
      boolean parkedIsActive,
      List<ScalingState> scaling) {
    return new Discovered(
        new ListenerRule(Sample.RULE, false, List.of(action)),
        null,
        List.of(),
        Map.of("backend-blue", stable, "backend-green", ServiceSample.canary()),
        scaling,
        Map.of("containerDefinitions", List.of(Map.of("name", container, "image", "old:1"))),
        List.of(),
        parkedIsActive,
        alarms);
  }
}
