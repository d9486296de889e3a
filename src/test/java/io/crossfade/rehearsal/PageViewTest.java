package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.rehearsal.RequestInterval.Count;
import io.crossfade.rehearsal.page.PageState.Traffic;
import io.crossfade.rehearsal.page.PageState.Visit;
import io.crossfade.rehearsal.page.PageState.WeightStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageViewTest {
  private static final List<TimelineEntry> TIMELINE =
      List.of(
          entry(1, "Start", 0),
          entry(2, "ShiftTraffic", 0),
          entry(3, "ShiftTraffic", 50),
          entry(4, "DecideShift", 50),
          entry(5, "Bake", 50),
          entry(6, "CheckAlarms", 50),
          entry(7, "DecideAlarms", 50),
          entry(8, "Rollback", 50),
          entry(9, "Rollback", 0));

  private static TimelineEntry entry(double seconds, String state, int green) {
    return new TimelineEntry(Instant.EPOCH, seconds, state, new ColourWeights(100 - green, green));
  }

  @Test
  void thePathHasEachStateOnceAndNoChoices() {
    assertThat(PageView.path(TIMELINE, 10))
        .containsExactly(
            new Visit("Start", 10),
            new Visit("ShiftTraffic", 20),
            new Visit("Bake", 50),
            new Visit("Rollback", 80));
  }

  @Test
  void theWeightsAreStepsFromNothingOn() {
    assertThat(PageView.steps(TIMELINE, 10))
        .containsExactly(new WeightStep(0, 0), new WeightStep(30, 50), new WeightStep(90, 0));
    assertThat(PageView.steps(List.of(), 10)).containsExactly(new WeightStep(0, 0));
  }

  @Test
  void trafficIsPerSecondWithoutTheIntervalThatIsNotOver() {
    List<RequestInterval> series =
        List.of(
            new RequestInterval(0, Map.of("one", new Count(4, 1), "no answer", new Count(2, 2))),
            new RequestInterval(0.5, Map.of("two", new Count(3, 0))),
            new RequestInterval(1, Map.of("two", new Count(1, 1))));
    assertThat(PageView.traffic(series, List.of("one", "two"), 10))
        .containsExactly(
            new Traffic(2.5, List.of(6.0, 0.0), 6), new Traffic(7.5, List.of(0.0, 6.0), 0));
    assertThat(PageView.traffic(List.of(), List.of("one"), 10)).isEmpty();
  }

  @Test
  void alongTimeHasNoMorePointsThanAShortOne() {
    List<RequestInterval> series = new ArrayList<>();
    for (int i = 0; i <= 2 * PageView.MOST_POINTS; i++) {
      series.add(new RequestInterval(i * 0.5, Map.of("one", new Count(1, 0))));
    }
    assertThat(PageView.traffic(series, List.of("one"), 1))
        .hasSizeBetween(PageView.MOST_POINTS / 2, PageView.MOST_POINTS)
        .allMatch(point -> point.answered().equals(List.of(2.0)));
  }
}
