package io.crossfade.localaws.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.ecs.EcsBench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

  @Test
  void registeringMovesTheDesiredCountIntoTheBounds() {
    register(RegisterScalableTargetRequest.builder().minCapacity(2).maxCapacity(4));
    assertThat(shop.describe("api-blue").desiredCount()).isEqualTo(2);
    register(RegisterScalableTargetRequest.builder().minCapacity(0).maxCapacity(1));
    assertThat(shop.describe("api-blue").desiredCount()).isEqualTo(1);
  }

  @Test
  void aSuspendedDirectionIsNotMovedIn() {
    register(
        RegisterScalableTargetRequest.builder()
            .minCapacity(0)
            .maxCapacity(0)
            .suspendedState(s -> s.dynamicScalingInSuspended(true)));
    assertThat(shop.describe("api-blue").desiredCount()).isEqualTo(1);
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
