package io.crossfade.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.release.Revert;
import io.crossfade.release.Sample;
import org.junit.jupiter.api.Test;

class ReleasedBuildTest {
  private static final ReleasedBuild OLD =
      new ReleasedBuild("run-0", "image:1", Sample.START.minusSeconds(60), "abc0000", null);
  private static final ReleasedBuild NEW =
      new ReleasedBuild("run-1", Sample.IMAGE, Sample.START, "abc1234", null);

  @Test
  void aReleaseForgetsWhatWasLive() {
    assertThat(ReleasedBuild.of(Sample.at(3), null)).isEqualTo(NEW);
    assertThat(ReleasedBuild.of(Sample.at(3), OLD)).isEqualTo(NEW);
  }

  @Test
  void aRevertRemembersWhatItHasTakenBack() {
    assertThat(ReleasedBuild.of(revert("run-2", "image:1"), NEW))
        .isEqualTo(new ReleasedBuild("run-2", "image:1", null, null, NEW));
  }

  @Test
  void aRevertOfARevertKnowsAgainWhatWasTakenBack() {
    ReleasedBuild back = ReleasedBuild.of(revert("run-2", "image:1"), NEW);
    assertThat(ReleasedBuild.of(revert("run-3", Sample.IMAGE), back))
        .isEqualTo(
            new ReleasedBuild(
                "run-3",
                Sample.IMAGE,
                Sample.START,
                "abc1234",
                new ReleasedBuild("run-2", "image:1", null, null, null)));
  }

  private static Deployment revert(String id, String image) {
    Release release = Sample.revert(image, new Revert("run-1", "slow", "ann"));
    return new Deployment(
        id,
        Sample.EXECUTION,
        release,
        Sample.target(),
        Sample.snapshot(),
        Sample.OLD,
        null,
        Sample.at(0).verdict(),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
