package io.crossfade.release;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A deployment of the sample booking site's backend: blue is stable, green receives version 2. */
public final class Sample {
  public static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  public static final String EXECUTION =
      "arn:aws:states:eu-central-1:123456789012:execution:crossfade-release:run-1";
  public static final String PLACE = "in region eu-central-1 and account 123456789012";
  public static final String RULE =
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/site/1a/2b/3c";
  public static final String TEST_RULE = RULE + "7";
  public static final String BLUE =
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/backend-blue/0000000000000001";
  public static final String GREEN =
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/backend-green/0000000000000002";
  public static final String OLD =
      "arn:aws:ecs:eu-central-1:123456789012:task-definition/backend:7";
  public static final String NEW =
      "arn:aws:ecs:eu-central-1:123456789012:task-definition/backend:8";
  public static final String PARKED =
      "arn:aws:ecs:eu-central-1:123456789012:task-definition/backend:6";
  public static final String IMAGE =
      "123456789012.dkr.ecr.eu-central-1.amazonaws.com/backend@sha256:" + "2".repeat(64);

  private Sample() {}

  public static Release release() {
    return release(List.of());
  }

  public static Release release(List<String> alarms) {
    return release(alarms, null);
  }

  public static Release release(List<String> alarms, CheckOverride override) {
    return new Release(
        IMAGE,
        "backend",
        RULE,
        null,
        "site",
        "app",
        List.of(new Step(25, 120), new Step(50, 120), new Step(75, 120), new Step(100, 120)),
        alarms,
        ApprovalSettings.DEFAULT,
        HealthSettings.DEFAULT,
        0,
        List.of(),
        "abc1234",
        "an@example.com",
        START,
        null,
        false,
        override,
        null);
  }

  /** A release whose every step bakes so long. */
  public static Release baking(int bakeSeconds) {
    Release sample = release();
    return with(
        sample.steps().stream().map(step -> new Step(step.weight(), bakeSeconds)).toList(),
        sample.health(),
        0);
  }

  /** A release whose new version is checked so. */
  public static Release checked(HealthSettings health) {
    return with(release().steps(), health, 0);
  }

  /** A release whose every step waits for so many requests. */
  public static Release waitingFor(int minRequests) {
    return with(release().steps(), release().health(), minRequests);
  }

  /** A release with checks of its own. */
  public static Release checkedBy(String testRule, ReleaseCheck... checks) {
    return with(release().steps(), release().health(), 0, testRule, List.of(checks));
  }

  /** A release with a test rule. */
  public static Release tested() {
    return checkedBy(TEST_RULE);
  }

  private static Release with(List<Step> steps, HealthSettings health, int minRequests) {
    return with(steps, health, minRequests, null, List.of());
  }

  private static Release with(
      List<Step> steps,
      HealthSettings health,
      int minRequests,
      String testRule,
      List<ReleaseCheck> checks) {
    Release sample = release();
    return new Release(
        sample.imageUri(),
        sample.baseServiceName(),
        sample.ruleArn(),
        testRule,
        sample.cluster(),
        sample.container(),
        steps,
        sample.alarms(),
        sample.approval(),
        health,
        minRequests,
        checks,
        sample.commit(),
        sample.author(),
        sample.createdAt(),
        null,
        false,
        null,
        null);
  }

  /** A release of a build. */
  public static Release built(
      String image, String commit, Instant createdAt, CheckOverride override) {
    Release sample = release();
    return new Release(
        image,
        sample.baseServiceName(),
        sample.ruleArn(),
        null,
        sample.cluster(),
        sample.container(),
        sample.steps(),
        sample.alarms(),
        sample.approval(),
        sample.health(),
        0,
        List.of(),
        commit,
        sample.author(),
        createdAt,
        null,
        false,
        override,
        null);
  }

  /** A release that takes another one back, as the input gives it by default. */
  public static Release revert(String image, Revert revert) {
    return revert(image, revert, List.of(new Step(100, 120)));
  }

  public static Release revert(String image, Revert revert, List<Step> steps) {
    Release sample = release();
    return new Release(
        image,
        sample.baseServiceName(),
        sample.ruleArn(),
        null,
        sample.cluster(),
        sample.container(),
        steps,
        sample.alarms(),
        ApprovalSettings.SKIP,
        sample.health(),
        0,
        List.of(),
        null,
        revert.by(),
        null,
        null,
        false,
        null,
        revert);
  }

  public static DeploymentTarget target() {
    return new DeploymentTarget(
        "site",
        new Side(Colour.BLUE, "backend-blue", BLUE),
        new Side(Colour.GREEN, "backend-green", GREEN));
  }

  public static Map<String, Object> forward(int blue, int green) {
    return Map.of(
        "Type",
        "forward",
        "ForwardConfig",
        Map.of(
            "TargetGroups",
            List.of(
                Map.of("TargetGroupArn", BLUE, "Weight", blue),
                Map.of("TargetGroupArn", GREEN, "Weight", green)),
            "TargetGroupStickinessConfig",
            Map.of("Enabled", false)));
  }

  public static Snapshot snapshot(String... firing) {
    return new Snapshot(
        START,
        List.of(forward(1, 0)),
        new ServiceState("backend-blue", OLD, 2),
        new ServiceState("backend-green", PARKED, 0),
        List.of(
            new ScalingState("backend-blue", 2, 6, false, false, false),
            new ScalingState("backend-green", 0, 6, false, false, true)),
        List.of(firing),
        List.of(),
        List.of());
  }

  /** The same with a test rule, which leads to the stable group. */
  public static Snapshot testedSnapshot() {
    Snapshot plain = snapshot();
    return new Snapshot(
        plain.takenAt(),
        plain.actions(),
        plain.stable(),
        plain.canary(),
        plain.scaling(),
        plain.firing(),
        plain.watched(),
        List.of(forward(1, 0)));
  }

  /** On a step of the canary, or before the first (-1); the phase began at {@link #START}. */
  public static Deployment at(int step) {
    return at(step, release());
  }

  public static Deployment at(int step, Release release) {
    return at(step, release, snapshot());
  }

  public static Deployment at(int step, Release release, Snapshot snapshot) {
    Weights weights =
        step < 0 ? Weights.ALL_STABLE : Weights.canaryAt(release.steps().get(step).weight());
    return new Deployment(
        "run-1",
        EXECUTION,
        release,
        target(),
        snapshot,
        NEW,
        new Progress(
            step < 0 ? Phase.SCALED_OUT : Phase.BAKING,
            step,
            weights,
            2,
            START,
            0,
            step < 0 ? null : START,
            null,
            null,
            null,
            null,
            null),
        new Verdict("START", "planned", 0, false),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * As a Catch of the state machine leaves it.
   *
   * @param cause null where there is none
   */
  public static Deployment caught(Deployment at, String error, String cause) {
    return new Deployment(
        at.id(),
        at.execution(),
        at.release(),
        at.target(),
        at.snapshot(),
        at.taskDefinition(),
        at.progress(),
        at.verdict(),
        at.approval(),
        at.restoration(),
        at.commands(),
        cause == null ? Map.of("Error", error) : Map.of("Error", error, "Cause", cause),
        at.timeline(),
        at.calls());
  }
}
