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
import java.util.Set;
import java.util.stream.Stream;

/**
 * An input that asks to take a release back.
 *
 * @param alarms null for those of the release that is taken back
 * @param override null when nothing is passed over
 */
public record RevertRequest(
    Revert revert,
    List<Step> steps,
    List<String> alarms,
    ApprovalSettings approval,
    boolean dryRun,
    CheckOverride override) {
  private static final Set<CheckOverride.Check> OF_THE_SITE =
      Set.of(CheckOverride.Check.NO_ALARMS, CheckOverride.Check.SHARED_TARGET_GROUP);

  public RevertRequest {
    requireNonNull(revert);
    requireNonNull(approval);
    steps = List.copyOf(steps);
    alarms = alarms == null ? null : List.copyOf(alarms);
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
        alarms == null ? before.alarms() : alarms,
        approval,
        health(before.health()),
        0,
        List.of(),
        null,
        revert.by(),
        null,
        null,
        dryRun,
        withInherited(before.override()),
        revert.ofAuthor(before.author()));
  }

  /** What the site is let pass with is not the build's: it holds for the version of before, too. */
  private CheckOverride withInherited(CheckOverride before) {
    List<CheckOverride.Check> inherited =
        before == null
            ? List.of()
            : before.checks().stream().filter(OF_THE_SITE::contains).toList();
    if (inherited.isEmpty()) {
      return override;
    }
    return override == null
        ? new CheckOverride(inherited, before.by(), before.why())
        : new CheckOverride(
            Stream.concat(override.checks().stream(), inherited.stream()).distinct().toList(),
            override.by(),
            override.why());
  }

  private HealthSettings health(HealthSettings before) {
    return new HealthSettings(
        before.deadlineSeconds(),
        before.polls(),
        Math.min(before.recoverySeconds(), HealthSettings.longestRecovery(steps.size())));
  }
}
