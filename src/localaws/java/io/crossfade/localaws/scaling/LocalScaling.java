package io.crossfade.localaws.scaling;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.ecs.LocalEcs;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.Page;
import io.crossfade.localaws.sdk.SdkMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.*;

/**
 * Application Auto Scaling: bounds, suspension, policies and scheduled actions. Registering moves
 * the desired count into the bounds later; nothing else does unless an {@link Autoscaler} runs.
 */
public final class LocalScaling implements ApplicationAutoScalingClient {
  /**
   * When a registration moves the desired count, in world time after it. AWS does not tell its
   * delay. Two moments find more of what is wrong for a while only.
   */
  public static final List<Duration> DELAYS =
      List.of(Duration.ofSeconds(30), Duration.ofSeconds(120));

  private static final int MAX_PER_PAGE = 50;
  private static final SuspendedState NOT_SUSPENDED =
      SuspendedState.builder()
          .dynamicScalingInSuspended(false)
          .dynamicScalingOutSuspended(false)
          .scheduledScalingSuspended(false)
          .build();

  private final ScaledClock clock;
  private final LocalEcs ecs;
  private final Map<String, ScalableTarget> targets = new TreeMap<>();
  private final List<ScalingPolicy> policies = new ArrayList<>();

  private final ScalingActivities activities;
  private final ScheduledActions scheduled;
  private final Map<ScheduledFuture<?>, ScalableService> moves = new LinkedHashMap<>();

  public LocalScaling(ScaledClock clock, LocalEcs ecs) {
    this.clock = clock;
    this.ecs = ecs;
    this.activities = new ScalingActivities(clock);
    this.scheduled = new ScheduledActions(clock);
  }

  ScalingActivities activities() {
    return activities;
  }

  synchronized List<ScalingPolicy> policies(String resourceId) {
    return policies.stream().filter(policy -> policy.resourceId().equals(resourceId)).toList();
  }

  /** Sets a desired count and writes down why. */
  void move(ScalableService resource, int desired, String cause) {
    ecs.updateService(
        r -> r.cluster(resource.cluster()).service(resource.service()).desiredCount(desired));
    activities.add(resource, desired, cause);
  }

  /** All registered targets. */
  public synchronized List<ScalableTarget> targets() {
    return List.copyOf(targets.values());
  }

  /**
   * Makes every move now that a registration so far has ahead of it. Nothing registered until now
   * moves anything afterwards.
   */
  public synchronized void settle() {
    Set<ScalableService> ahead = Set.copyOf(moves.values());
    moves.keySet().forEach(move -> move.cancel(false));
    moves.clear();
    ahead.forEach(this::moveIntoBounds);
  }

  /**
   * Members that were not given keep their values. Later the desired count is moved into the bounds
   * that are registered by then, whether or not this request gave any. {@code SuspendedState} is no
   * matter: it suspends what a policy or a schedule triggers.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html">
   *     RegisterScalableTarget</a>
   */
  @Override
  public synchronized RegisterScalableTargetResponse registerScalableTarget(
      RegisterScalableTargetRequest request) {
    ScalableService resource =
        ScalableService.of(
            request.serviceNamespace(), request.resourceId(), request.scalableDimension());
    desired(resource);
    ScalableTarget target = merged(targets.get(resource.id()), request);
    if (target.minCapacity() == null || target.maxCapacity() == null) {
      throw ScalingErrors.validation(
          "MinCapacity and MaxCapacity are required for a new scalable target");
    }
    if (target.minCapacity() < 0 || target.minCapacity() > target.maxCapacity()) {
      throw ScalingErrors.validation(
          "Minimum capacity %d must be between 0 and the maximum capacity %d"
              .formatted(target.minCapacity(), target.maxCapacity()));
    }
    targets.put(resource.id(), target);
    moves.keySet().removeIf(ScheduledFuture::isDone);
    DELAYS.forEach(
        delay -> moves.put(clock.after(delay, () -> moveIntoBounds(resource)), resource));
    return RegisterScalableTargetResponse.builder()
        .scalableTargetARN(target.scalableTargetARN())
        .build();
  }

  private ScalableTarget merged(ScalableTarget before, RegisterScalableTargetRequest request) {
    ScalableTarget.Builder target = before == null ? created() : before.toBuilder();
    SuspendedState suspended = before == null ? NOT_SUSPENDED : before.suspendedState();
    return SdkMembers.copy(request, target)
        .suspendedState(
            request.suspendedState() == null
                ? suspended
                : SdkMembers.copy(request.suspendedState(), suspended.toBuilder()).build())
        .build();
  }

  private ScalableTarget.Builder created() {
    return ScalableTarget.builder()
        .creationTime(clock.now())
        .scalableTargetARN(Arns.of("application-autoscaling", "scalable-target/" + Arns.hex(32)))
        .roleARN(
            "arn:aws:iam::%s:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService"
                .formatted(Arns.ACCOUNT));
  }

  private int desired(ScalableService resource) {
    try {
      return ecs
          .describeServices(r -> r.cluster(resource.cluster()).services(resource.service()))
          .services()
          .stream()
          .findFirst()
          .orElseThrow(() -> missing(resource))
          .desiredCount();
    } catch (software.amazon.awssdk.services.ecs.model.ClusterNotFoundException e) {
      throw missing(resource);
    }
  }

  private static RuntimeException missing(ScalableService resource) {
    return ScalingErrors.validation("ECS service doesn't exist: " + resource.id());
  }

  private synchronized void moveIntoBounds(ScalableService resource) {
    ScalableTarget target = targets.get(resource.id());
    if (target == null) {
      return;
    }
    int now = desired(resource);
    int bound = Math.max(target.minCapacity(), Math.min(target.maxCapacity(), now));
    if (bound != now) {
      String which = bound > now ? "min" : "max";
      move(resource, bound, "%simum capacity was set to %d".formatted(which, bound));
    }
  }

  @Override
  public synchronized DescribeScalableTargetsResponse describeScalableTargets(
      DescribeScalableTargetsRequest request) {
    ScalableService.requireEcs(request.serviceNamespace());
    List<ScalableTarget> found =
        targets.values().stream()
            .filter(
                target ->
                    request.resourceIds().isEmpty()
                        || request.resourceIds().contains(target.resourceId()))
            .toList();
    Page<ScalableTarget> page = page(found, request.nextToken(), request.maxResults());
    return DescribeScalableTargetsResponse.builder()
        .scalableTargets(page.items())
        .nextToken(page.next())
        .build();
  }

  @Override
  public synchronized DeregisterScalableTargetResponse deregisterScalableTarget(
      DeregisterScalableTargetRequest request) {
    ScalableService resource =
        registered(
            ScalableService.of(
                request.serviceNamespace(), request.resourceId(), request.scalableDimension()));
    targets.remove(resource.id());
    policies.removeIf(policy -> policy.resourceId().equals(resource.id()));
    scheduled.removeAll(resource.id());
    return DeregisterScalableTargetResponse.builder().build();
  }

  private ScalableService registered(ScalableService resource) {
    if (!targets.containsKey(resource.id())) {
      throw ScalingErrors.of(
          "ObjectNotFoundException",
          "No "
              + "scalable target for service namespace: ecs, resource ID: "
              + resource.id()
              + " found");
    }
    return resource;
  }

  @Override
  public synchronized PutScalingPolicyResponse putScalingPolicy(PutScalingPolicyRequest request) {
    ScalableService resource =
        registered(
            ScalableService.of(
                request.serviceNamespace(), request.resourceId(), request.scalableDimension()));
    policies.removeIf(policy -> is(policy, resource.id(), request.policyName()));
    ScalingPolicy policy =
        SdkMembers.copy(request, ScalingPolicy.builder())
            .policyARN(
                Arns.of(
                    "autoscaling",
                    "scalingPolicy:%s:resource/ecs/%s:policyName/%s"
                        .formatted(UUID.randomUUID(), resource.id(), request.policyName())))
            .creationTime(clock.now())
            .build();
    policies.add(policy);
    return PutScalingPolicyResponse.builder().policyARN(policy.policyARN()).build();
  }

  @Override
  public synchronized DescribeScalingPoliciesResponse describeScalingPolicies(
      DescribeScalingPoliciesRequest request) {
    ScalableService.requireEcs(request.serviceNamespace());
    List<ScalingPolicy> found =
        policies.stream()
            .filter(
                policy ->
                    request.resourceId() == null
                        || policy.resourceId().equals(request.resourceId()))
            .filter(
                policy ->
                    request.policyNames().isEmpty()
                        || request.policyNames().contains(policy.policyName()))
            .toList();
    Page<ScalingPolicy> page = page(found, request.nextToken(), request.maxResults());
    return DescribeScalingPoliciesResponse.builder()
        .scalingPolicies(page.items())
        .nextToken(page.next())
        .build();
  }

  @Override
  public synchronized PutScheduledActionResponse putScheduledAction(
      PutScheduledActionRequest request) {
    registered(
        ScalableService.of(
            request.serviceNamespace(), request.resourceId(), request.scalableDimension()));
    scheduled.put(request);
    return PutScheduledActionResponse.builder().build();
  }

  @Override
  public DescribeScheduledActionsResponse describeScheduledActions(
      DescribeScheduledActionsRequest request) {
    ScalableService.requireEcs(request.serviceNamespace());
    List<ScheduledAction> found =
        scheduled.all().stream()
            .filter(
                action ->
                    request.resourceId() == null
                        || action.resourceId().equals(request.resourceId()))
            .toList();
    Page<ScheduledAction> page = page(found, request.nextToken(), request.maxResults());
    return DescribeScheduledActionsResponse.builder()
        .scheduledActions(page.items())
        .nextToken(page.next())
        .build();
  }

  /** Newest first. */
  @Override
  public DescribeScalingActivitiesResponse describeScalingActivities(
      DescribeScalingActivitiesRequest request) {
    ScalableService.requireEcs(request.serviceNamespace());
    List<ScalingActivity> found =
        activities.all().stream()
            .filter(
                activity ->
                    request.resourceId() == null
                        || activity.resourceId().equals(request.resourceId()))
            .toList();
    Page<ScalingActivity> page = page(found, request.nextToken(), request.maxResults());
    return DescribeScalingActivitiesResponse.builder()
        .scalingActivities(page.items())
        .nextToken(page.next())
        .build();
  }

  /**
   * Carries out the scheduled actions that are due. An action whose target suspends scheduled
   * scaling at that moment is never carried out.
   */
  synchronized void runScheduledActions() {
    for (ScheduledAction action : scheduled.takeDue()) {
      ScalableTarget target = targets.get(action.resourceId());
      if (!target.suspendedState().scheduledScalingSuspended()) {
        ScalableTarget changed =
            SdkMembers.copy(action.scalableTargetAction(), target.toBuilder()).build();
        targets.put(action.resourceId(), changed);
        moveIntoBounds(
            ScalableService.of(
                changed.serviceNamespace(), changed.resourceId(), changed.scalableDimension()));
      }
    }
  }

  private static boolean is(ScalingPolicy policy, String resourceId, String name) {
    return policy.resourceId().equals(resourceId) && policy.policyName().equals(name);
  }

  private static <T> Page<T> page(List<T> all, String token, Integer size) {
    int most = size == null ? MAX_PER_PAGE : Math.min(size, MAX_PER_PAGE);
    if (most < 1) {
      throw ScalingErrors.validation("MaxResults must be 1 or more, found " + size);
    }
    return Page.of(
        all,
        token,
        most,
        () -> ScalingErrors.of("InvalidNextTokenException", "The next token is invalid"));
  }

  @Override
  public String serviceName() {
    return "application-autoscaling";
  }

  @Override
  public void close() {}
}
