package io.crossfade.localaws.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.ecs.EcsBench;
import io.crossfade.localaws.sdk.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.applicationautoscaling.model.*;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;

class AutoscalerTest {
  private static final String RESOURCE = "service/shop/api-blue";
  private final EcsBench shop = new EcsBench(200);
  private final LocalScaling scaling = new LocalScaling(shop.site.clock, shop.ecs);

  /** Its own rounds come too late for a test, which calls for each. */
  private final Autoscaler autoscaler =
      new Autoscaler(shop.site.clock, shop.ecs, shop.site.elb, scaling, Duration.ofDays(1));

  @AfterEach
  void close() {
    autoscaler.close();
    shop.close();
  }

  private void serve(int desired) {
    shop.serve("api-blue", "api:1", desired, shop.site.blue);
    Await.until("it is stable", () -> stable(desired));
  }

  private boolean stable(int desired) {
    Service service = shop.describe("api-blue");
    return service.runningCount() == desired
        && service.deployments().get(0).rolloutState() == DeploymentRolloutState.COMPLETED;
  }

  private void register(int min, int max, String suspended) {
    scaling.registerScalableTarget(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(RESOURCE)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .minCapacity(min)
                .maxCapacity(max)
                .suspendedState(
                    s ->
                        s.dynamicScalingInSuspended(suspended.contains("in"))
                            .dynamicScalingOutSuspended(suspended.contains("out"))
                            .scheduledScalingSuspended(suspended.contains("schedule"))));
  }

  private void track(String name, MetricType metric, double goal, int cooldown) {
    String balancer = shop.site.loadBalancer.substring(shop.site.loadBalancer.indexOf("app/"));
    String group = shop.site.blue.substring(shop.site.blue.indexOf("targetgroup/"));
    scaling.putScalingPolicy(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(RESOURCE)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .policyName(name)
                .policyType(PolicyType.TARGET_TRACKING_SCALING)
                .targetTrackingScalingPolicyConfiguration(
                    t ->
                        t.targetValue(goal)
                            .scaleInCooldown(cooldown)
                            .scaleOutCooldown(cooldown)
                            .predefinedMetricSpecification(
                                m ->
                                    m.predefinedMetricType(metric)
                                        .resourceLabel(balancer + "/" + group))));
  }

  private int desired() {
    return shop.describe("api-blue").desiredCount();
  }

  @ParameterizedTest(name = "{0} tasks at {1} % in {2}..{3}, suspended: {4}")
  @CsvSource(
      textBlock =
          """
          2, 50,  1, 4, none, 2
          2, 60,  1, 4, none, 3
          2, 100, 1, 4, none, 4
          2, 400, 1, 4, none, 4
          2, 100, 1, 4, out,  2
          2, 100, 1, 4, in,   4
          2, 20,  1, 4, none, 1
          2, 1,   0, 4, none, 1
          2, 0,   0, 4, none, 0
          2, 1,   2, 4, none, 2
          2, 20,  1, 4, in,   2
          2, 20,  1, 4, out,  1
          0, 100, 0, 4, none, 0
          0, 100, 0, 4, in,   0
          """)
  void targetTrackingFollowsCpuWithinBounds(
      int tasks, double percent, int min, int max, String suspended, int expected) {
    serve(tasks);
    register(min, max, suspended);
    track("cpu", MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION, 50, 0);
    autoscaler.cpu(RESOURCE, percent);
    autoscaler.round();
    assertThat(desired()).isEqualTo(expected);
  }

  @Test
  void requestsAreCountedByTheRealLoadBalancer() {
    serve(1);
    register(1, 4, "none");
    track("requests", MetricType.ALB_REQUEST_COUNT_PER_TARGET, 4, 0);
    autoscaler.round();
    assertThat(desired()).isEqualTo(1);
    Await.until("it answers", () -> shop.site.get("/api/x").statusCode() == 200);
    Await.until(
        "it scales out",
        () -> {
          shop.site.bodies(10);
          autoscaler.round();
          return desired() > 1;
        });
    assertThat(autoscaler.activities().get(0).cause()).contains("triggered policy requests");
  }

  @Test
  void whatHasNoDataNeverScalesInAndTheHighestWishWins() {
    serve(2);
    register(1, 8, "none");
    track("cpu", MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION, 50, 0);
    track("requests", MetricType.ALB_REQUEST_COUNT_PER_TARGET, 100, 0);
    autoscaler.cpu(RESOURCE, 10);
    autoscaler.round();
    assertThat(desired()).isEqualTo(2);
    autoscaler.cpu(RESOURCE, 150);
    autoscaler.round();
    assertThat(desired()).isEqualTo(6);
  }

  @Test
  void aCooldownKeepsItFromScalingAgain() {
    serve(1);
    register(1, 8, "none");
    track("cpu", MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION, 50, 100_000);
    autoscaler.cpu(RESOURCE, 100);
    autoscaler.round();
    assertThat(desired()).isEqualTo(2);
    autoscaler.cpu(RESOURCE, 400);
    autoscaler.round();
    assertThat(desired()).isEqualTo(2);
    Await.until("it is stable", () -> stable(2));
    autoscaler.cpu(RESOURCE, 1);
    autoscaler.round();
    assertThat(desired()).isEqualTo(2);
  }

  @ParameterizedTest(name = "suspended: {0}")
  @CsvSource({"none, 1", "in, 3", "out, 1"})
  void aFightPushesTheServiceToItsMinimum(String suspended, int expected) {
    serve(3);
    register(1, 4, suspended);
    autoscaler.scaleInEveryRound(RESOURCE);
    autoscaler.round();
    assertThat(desired()).isEqualTo(expected);
    autoscaler.stopScalingInEveryRound(RESOURCE);
    shop.ecs.updateService(r -> r.cluster("shop").service("api-blue").desiredCount(3));
    autoscaler.round();
    assertThat(desired()).isEqualTo(3);
  }

  @Test
  void itFightsByItselfInEveryPeriod() {
    serve(2);
    register(0, 4, "none");
    try (Autoscaler running =
        new Autoscaler(shop.site.clock, shop.ecs, shop.site.elb, scaling, Duration.ofSeconds(20))) {
      running.scaleInEveryRound(RESOURCE);
      Await.until("it is scaled in", () -> desired() == 0);
      shop.ecs.updateService(r -> r.cluster("shop").service("api-blue").desiredCount(1));
      Await.until("it is scaled in again", () -> running.activities().size() == 2);
      assertThat(desired()).isZero();
      assertThat(running.activities())
          .extracting(ScalingActivity::description)
          .containsOnly("Setting desired count to 0.");
    }
  }

  @Test
  void nothingScalesInWhileEcsDeploys() {
    serve(2);
    register(1, 4, "none");
    autoscaler.scaleInEveryRound(RESOURCE);
    shop.ecs.updateService(r -> r.cluster("shop").service("api-blue").forceNewDeployment(true));
    autoscaler.round();
    assertThat(desired()).isEqualTo(2);
  }

  @ParameterizedTest(name = "suspended: {0}")
  @CsvSource({"none, 3", "in out, 3", "schedule, 1"})
  void aScheduledActionChangesTheBoundsOnce(String suspended, int expected) {
    serve(1);
    register(1, 4, suspended);
    schedule("at(" + local(shop.site.clock.now().minusSeconds(60)) + ")", 3, 6);
    schedule("at(" + local(shop.site.clock.now().plus(1, ChronoUnit.DAYS)) + ")", 5, 6);
    autoscaler.round();
    assertThat(desired()).isEqualTo(expected);
    assertThat(scaling.targets().get(0).minCapacity()).isEqualTo(expected);
    assertThat(
            scaling
                .describeScheduledActions(r -> r.serviceNamespace(ServiceNamespace.ECS))
                .scheduledActions())
        .hasSize(1);
    assertThat(
            scaling
                .describeScalingActivities(r -> r.serviceNamespace(ServiceNamespace.ECS))
                .scalingActivities())
        .hasSize(expected == 1 ? 0 : 1);
  }

  @Test
  void schedulesThatNobodyWouldKeepAreRefused() {
    serve(1);
    register(1, 4, "none");
    assertThatThrownBy(() -> schedule("cron(0 8 * * ? *)", 1, 2))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("not emulated: schedule cron(0 8 * * ? *)");
    assertThatThrownBy(() -> schedule("at(tomorrow)", 1, 2))
        .isInstanceOf(ValidationException.class);
  }

  private static LocalDateTime local(Instant at) {
    return LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
  }

  private void schedule(String schedule, int min, int max) {
    scaling.putScheduledAction(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(RESOURCE)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .scheduledActionName("to " + min)
                .schedule(schedule)
                .scalableTargetAction(a -> a.minCapacity(min).maxCapacity(max)));
  }
}
