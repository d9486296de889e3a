package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.ServiceSample;
import io.crossfade.release.Sample;
import io.crossfade.traffic.ListenerRule;
import java.util.List;
import java.util.Map;
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

  private static Discovered found() {
    return new Discovered(
        new ListenerRule(Sample.RULE, false, List.of(Sample.forward(1, 0))),
        null,
        List.of(),
        Map.of("backend-blue", ServiceSample.stable()),
        List.of(),
        Map.of(),
        List.of(),
        true,
        List.of());
  }
}
