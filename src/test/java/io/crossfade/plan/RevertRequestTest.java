package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.CheckOverride.Check;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.release.Revert;
import io.crossfade.release.Sample;
import io.crossfade.release.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevertRequestTest {
  private static RevertRequest request(List<String> alarms, CheckOverride override) {
    return new RevertRequest(
        new Revert("run-1", "slow", "ann"),
        List.of(new Step(100, 120)),
        alarms,
        ApprovalSettings.SKIP,
        false,
        override);
  }

  private static Deployment released(List<String> alarms, Check... overridden) {
    CheckOverride override =
        overridden.length == 0 ? null : new CheckOverride(List.of(overridden), "An", "so it is");
    return Sample.at(3, Sample.release(alarms, override));
  }

  @Test
  void itIsOfTheSameServicesAndWatchedAsTheReleaseWas() {
    Release revert = request(null, null).release(released(List.of("checkout")), "image:1");
    assertThat(revert.imageUri()).isEqualTo("image:1");
    assertThat(revert.ruleArn()).isEqualTo(Sample.RULE);
    assertThat(revert.alarms()).containsExactly("checkout");
    assertThat(revert.override()).isNull();
    assertThat(revert.author()).isEqualTo("ann");
    assertThat(revert.revert().author()).isEqualTo("an@example.com");
  }

  /** One may have been deleted since. */
  @Test
  void otherAlarmsCanBeNamed() {
    Release revert =
        request(List.of("shop"), null).release(released(List.of("checkout")), "image:1");
    assertThat(revert.alarms()).containsExactly("shop");
  }

  @Test
  void whatTheSiteIsLetPassWithIsInherited() {
    Deployment before =
        released(List.of(), Check.NO_ALARMS, Check.OLDER_BUILD, Check.SHARED_TARGET_GROUP);
    assertThat(request(null, null).release(before, "image:1").override())
        .isEqualTo(
            new CheckOverride(
                List.of(Check.NO_ALARMS, Check.SHARED_TARGET_GROUP), "An", "so it is"));
    CheckOverride frozen =
        new CheckOverride(List.of(Check.FROZEN, Check.NO_ALARMS), "ben", "the shop is down");
    assertThat(request(null, frozen).release(before, "image:1").override())
        .isEqualTo(
            new CheckOverride(
                List.of(Check.FROZEN, Check.NO_ALARMS, Check.SHARED_TARGET_GROUP),
                "ben",
                "the shop is down"));
    assertThat(request(null, null).release(released(List.of(), Check.FROZEN), "i:1").override())
        .isNull();
  }
}
