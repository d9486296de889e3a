package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.ServiceSample;
import io.crossfade.release.Release;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import io.crossfade.traffic.ListenerRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanDescriptionTest {
  @ParameterizedTest
  @CsvSource({"0, true", "179, true", "180, false", "300, false"})
  void warnsOfStepsThatEndBeforeTheirAlarmFires(int bakeSeconds, boolean warns) {
    String warning =
        "; a step that bakes less than 180 s can end before its alarm fires: 25 %, 50 %, 75 %, 100 %";
    String plain =
        "backend-blue is stable with 2 of 2 tasks; backend-green is the canary and receives "
            + Sample.IMAGE;
    assertThat(PlanDescription.sentence(Sample.baking(bakeSeconds), Sample.target(), found()))
        .isEqualTo(warns ? plain + warning : plain);
  }

  @Test
  void everyCheckStandsWhereItRuns() {
    ReleaseCheck.Lambda function = new ReleaseCheck.Lambda("f");
    Release release =
        Sample.checkedBy(
            null,
            new ReleaseCheck("late", 60, 50, null, function, null),
            new ReleaseCheck("early", 300, null, null, function, null));
    assertThat(PlanDescription.whole(release, Sample.target(), found()))
        .containsSubsequence(
            "check \"early\": within 300 s\nrule: backend-green 25 %",
            "rule: backend-green 50 %", "\ncheck \"late\": within 60 s\nrule: backend-green 75 %");
  }

  private static Discovered found() {
    return new Discovered(
        new ListenerRule(Sample.RULE, false, List.of(Sample.forward(1, 0))),
        null,
        List.of(),
        Map.of("backend-blue", ServiceSample.stable(), "backend-green", ServiceSample.stable()),
        List.of(),
        Map.of(),
        List.of(),
        true,
        List.of());
  }
}
