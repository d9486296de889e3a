package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What is to be deployed: the content of {@code imageDetail.json}, checked and with its defaults
 * filled in.
 *
 * @param testRuleArn the rule that reaches the new version before any user does; null for none
 * @param container the container whose image changes; null means the one the load balancer reaches
 * @param alarms names of alarms to watch beside those with a dimension on the target groups
 * @param health the ordinary settings in a document that does not say
 * @param minRequests how many requests of the new version a step should see, 0 to 100,000; 0 waits
 *     for none
 * @param checks in the order in which they run; none in a document that does not say
 * @param pipelineExecutionId which run of which pipeline it came from; null where there is none
 * @param override null when nothing is passed over
 * @param revert null unless it takes another one back
 */
public record Release(
    String imageUri,
    String baseServiceName,
    String ruleArn,
    String testRuleArn,
    String cluster,
    String container,
    List<Step> steps,
    List<String> alarms,
    ApprovalSettings approval,
    HealthSettings health,
    int minRequests,
    List<ReleaseCheck> checks,
    String commit,
    String author,
    Instant createdAt,
    String pipelineExecutionId,
    boolean dryRun,
    CheckOverride override,
    Revert revert) {
  public static final int MAX_MIN_REQUESTS = 100_000;

  /**
   * The alarm that fires is often why a release is taken back, and rush hour is no reason not to.
   */
  private static final Set<CheckOverride.Check> NOTHING_TO_A_REVERT =
      Set.of(CheckOverride.Check.ALARM_ALREADY_FIRING, CheckOverride.Check.BUSY);

  public Release {
    if (minRequests < 0 || minRequests > MAX_MIN_REQUESTS) {
      throw new IllegalArgumentException("minRequests must be 0 to 100000, found " + minRequests);
    }
    requireNonNull(imageUri);
    requireNonNull(baseServiceName);
    requireNonNull(ruleArn);
    requireNonNull(cluster);
    requireNonNull(approval);
    health = health == null ? HealthSettings.DEFAULT : health;
    steps = List.copyOf(steps);
    alarms = List.copyOf(alarms);
    if (steps.isEmpty() || steps.get(steps.size() - 1).weight() != 100) {
      throw new IllegalArgumentException("steps must end at 100");
    }
    checks = inOrder(checks, steps);
  }

  private static List<ReleaseCheck> inOrder(List<ReleaseCheck> checks, List<Step> steps) {
    return checks == null
        ? List.of()
        : checks.stream().sorted(Comparator.comparingInt(check -> stepOf(check, steps))).toList();
  }

  private static int stepOf(ReleaseCheck check, List<Step> steps) {
    if (check.after() == null) {
      return -1;
    }
    int step = steps.stream().map(Step::weight).toList().indexOf(check.after());
    if (step < 0) {
      throw new IllegalArgumentException("no step has the weight " + check.after());
    }
    return step;
  }

  /** The index of the step after which a check runs; -1 if it runs before the first. */
  int stepOf(ReleaseCheck check) {
    return stepOf(check, steps);
  }

  /** The same release for the container it names, or else for this one. */
  public Release forContainer(String reached) {
    return new Release(
        imageUri,
        baseServiceName,
        ruleArn,
        testRuleArn,
        cluster,
        container == null ? reached : container,
        steps,
        alarms,
        approval,
        health,
        minRequests,
        checks,
        commit,
        author,
        createdAt,
        pipelineExecutionId,
        dryRun,
        override,
        revert);
  }

  /** Whether the image is named by its digest and cannot change behind its name. */
  public boolean pinned() {
    return imageUri.contains("@sha256:");
  }

  public boolean overrides(CheckOverride.Check check) {
    return override != null && override.covers(check)
        || revert != null && NOTHING_TO_A_REVERT.contains(check);
  }
}
