package io.crossfade.plan;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.Deployment;
import io.crossfade.release.HealthSettings;
import io.crossfade.release.Release;
import io.crossfade.release.Revert;
import io.crossfade.release.Step;
import java.util.List;

/**
 * An input that asks to take a release back.
 *
 * @param override null when nothing is passed over
 */
public record RevertRequest(
    Revert revert,
    List<Step> steps,
    ApprovalSettings approval,
    boolean dryRun,
    CheckOverride override) {
  public RevertRequest {
    requireNonNull(revert);
    requireNonNull(approval);
    steps = List.copyOf(steps);
  }

  /**
   * The release that it is: of the same services, watched as that one was. Whoever asks for it is
   * its author, and when the image was built is not known.
   *
   * @param taken the record of the release that is taken back
   * @param image what the services ran before it
   */
  Release release(Deployment taken, String image) {
    Release before = taken.release();
    return new Release(
        image,
        before.baseServiceName(),
        before.ruleArn(),
        before.testRuleArn(),
        before.cluster(),
        before.container(),
        steps,
        before.alarms(),
        approval,
        health(before.health()),
        0,
        List.of(),
        null,
        revert.by(),
        null,
        null,
        dryRun,
        override,
        revert);
  }

  private HealthSettings health(HealthSettings before) {
    return new HealthSettings(
        before.deadlineSeconds(),
        before.polls(),
        Math.min(before.recoverySeconds(), HealthSettings.longestRecovery(steps.size())));
  }
}
