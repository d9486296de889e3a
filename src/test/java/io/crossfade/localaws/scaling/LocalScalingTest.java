package io.crossfade.localaws.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.ecs.EcsBench;
import io.crossfade.localaws.sdk.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.applicationautoscaling.model.*;

class LocalScalingTest {
  private static final String RESOURCE = "service/shop/api-blue";
  private final EcsBench shop = new EcsBench(60);
  private final LocalScaling scaling = new LocalScaling(shop.site.clock, shop.ecs);

  @BeforeEach
  void serve() {
    shop.serve("api-blue", "api:1", 1, shop.site.blue);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @ParameterizedTest(name = "{0} tasks in {1} to {2}, suspended: {3}")
  @CsvSource(
      textBlock =
          """
          1, 2, 4, false, 2
          1, 0, 0, false, 0
          1, 1, 4, false, 1
          1, 2, 4, true,  2
          1, 0, 0, true,  0
          """)
  void registeringMovesTheDesiredCountIntoTheBoundsLaterWhateverIsSuspended(
      int tasks, int min, int max, boolean suspended, int expected) {
    register(
        RegisterScalableTargetRequest.builder()
            .minCapacity(min)
            .maxCapacity(max)
            .suspendedState(
                s ->
                    s.dynamicScalingInSuspended(suspended)
                        .dynamicScalingOutSuspended(suspended)
                        .scheduledScalingSuspended(suspended)));
    assertThat(desired()).isEqualTo(tasks);
    scaling.settle();
    assertThat(desired()).isEqualTo(expected);
  }

  @Test
  void theMoveComesByItself() {
    register(RegisterScalableTargetRequest.builder().minCapacity(2).maxCapacity(4));
    Await.until("it is moved", () -> desired() == 2);
  }

  @Test
  void theBoundsOfThatMomentCount() {
    register(RegisterScalableTargetRequest.builder().minCapacity(3).maxCapacity(4));
    register(RegisterScalableTargetRequest.builder().minCapacity(0).maxCapacity(4));
    scaling.settle();
    assertThat(desired()).isEqualTo(1);
  }

  @Test
  void aRegistrationWithoutBoundsMovesToo() {
    register(RegisterScalableTargetRequest.builder().minCapacity(1).maxCapacity(4));
    scaling.settle();
    shop.ecs.updateService(r -> r.cluster("shop").service("api-blue").desiredCount(6));
    scaling.settle();
    assertThat(desired()).isEqualTo(6);
    register(
        RegisterScalableTargetRequest.builder()
            .suspendedState(s -> s.dynamicScalingInSuspended(true)));
    scaling.settle();
    assertThat(desired()).isEqualTo(4);
  }

  @Test
  void whatIsNotSpecifiedStays() {
    register(RegisterScalableTargetRequest.builder().minCapacity(1).maxCapacity(4));
    register(
        RegisterScalableTargetRequest.builder()
            .suspendedState(s -> s.dynamicScalingInSuspended(true)));
    ScalableTarget target = described();
    assertThat(target.minCapacity()).isEqualTo(1);
    assertThat(target.maxCapacity()).isEqualTo(4);
    assertThat(target.suspendedState())
        .isEqualTo(
            SuspendedState.builder()
                .dynamicScalingInSuspended(true)
                .dynamicScalingOutSuspended(false)
                .scheduledScalingSuspended(false)
                .build());
  }

  @Test
  void targetsAreDescribedInPages() {
    shop.serve("api-green", "api:1", 1, shop.site.green);
    register(RegisterScalableTargetRequest.builder().minCapacity(1).maxCapacity(4));
    scaling.registerScalableTarget(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId("service/shop/api-green")
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .minCapacity(1)
                .maxCapacity(1));
    DescribeScalableTargetsResponse first =
        scaling.describeScalableTargets(
            r -> r.serviceNamespace(ServiceNamespace.ECS).maxResults(1));
    DescribeScalableTargetsResponse second =
        scaling.describeScalableTargets(
            r ->
                r.serviceNamespace(ServiceNamespace.ECS)
                    .maxResults(1)
                    .nextToken(first.nextToken()));
    assertThat(first.scalableTargets())
        .extracting(ScalableTarget::resourceId)
        .containsExactly(RESOURCE);
    assertThat(second.scalableTargets())
        .extracting(ScalableTarget::resourceId)
        .containsExactly("service/shop/api-green");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void policiesAreKeptWithTheirTarget() {
    assertThatThrownBy(this::putPolicy).isInstanceOf(ObjectNotFoundException.class);
    register(RegisterScalableTargetRequest.builder().minCapacity(1).maxCapacity(4));
    putPolicy();
    assertThat(policies()).extracting(ScalingPolicy::policyName).containsExactly("cpu");
    scaling.deregisterScalableTarget(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(RESOURCE)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT));
    assertThat(policies()).isEmpty();
  }

  @Test
  void badRequestsAreRefused() {
    assertThatThrownBy(() -> register(RegisterScalableTargetRequest.builder().minCapacity(1)))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(
            () -> register(RegisterScalableTargetRequest.builder().minCapacity(3).maxCapacity(2)))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> ScalableService.of(ServiceNamespace.ECS, "shop/api-blue", null))
        .isInstanceOf(ValidationException.class);
  }

  private void register(RegisterScalableTargetRequest.Builder request) {
    scaling.registerScalableTarget(
        request
            .serviceNamespace(ServiceNamespace.ECS)
            .resourceId(RESOURCE)
            .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
            .build());
  }

  private int desired() {
    return shop.describe("api-blue").desiredCount();
  }

  private ScalableTarget described() {
    return scaling
        .describeScalableTargets(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalableTargets()
        .get(0);
  }

  private void putPolicy() {
    scaling.putScalingPolicy(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(RESOURCE)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .policyName("cpu")
                .policyType(PolicyType.TARGET_TRACKING_SCALING));
  }

  private java.util.List<ScalingPolicy> policies() {
    return scaling
        .describeScalingPolicies(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalingPolicies();
  }
}
