package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import io.crossfade.rehearsal.page.PageState.Traffic;
import io.crossfade.rehearsal.page.PageState.Visit;
import io.crossfade.rehearsal.page.PageState.WeightStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the page shows of what the rehearsal keeps anyway. Pure. */
final class PageView {
  /** More points than this are no more than pixels. */
  static final int MOST_POINTS = 300;

  private PageView() {}

  /**
   * The states that were entered, as a person is shown them.
   *
   * @param speed world seconds per real second
   */
  static List<Visit> path(List<TimelineEntry> timeline, double speed) {
    List<Visit> path = new ArrayList<>();
    String before = "";
    for (TimelineEntry entry : timeline) {
      String state = DisplayedState.of(entry.state(), before);
      if (!state.equals(before)) {
        path.add(new Visit(state, entry.seconds() * speed));
      }
      before = state;
    }
    return path;
  }

  static List<WeightStep> steps(List<TimelineEntry> timeline, double speed) {
    List<WeightStep> steps = new ArrayList<>(List.of(new WeightStep(0, 0)));
    for (TimelineEntry entry : timeline) {
      int green = entry.weights().green();
      if (steps.get(steps.size() - 1).green() != green) {
        steps.add(new WeightStep(entry.seconds() * speed, green));
      }
    }
    return steps;
  }

  /**
   * Requests per real second; the last interval is left out, for it is not over.
   *
   * @param versions in the order to be shown
   */
  static List<Traffic> traffic(List<RequestInterval> series, List<String> versions, double speed) {
    requireNonNull(versions, "versions");
    int over = Math.max(0, series.size() - 1);
    int together = over / MOST_POINTS + 1;
    List<Traffic> points = new ArrayList<>();
    for (int from = 0; from + together <= over; from += together) {
      points.add(
          point(
              RequestInterval.sum(series.subList(from, from + together)),
              versions,
              together * RequestInterval.LENGTH,
              speed));
    }
    return points;
  }

  private static Traffic point(
      RequestInterval interval, List<String> versions, double length, double speed) {
    List<Double> answered =
        versions.stream()
            .map(interval::of)
            .map(count -> (count.requests() - count.failed()) / length)
            .toList();
    long failed =
        interval.versions().entrySet().stream()
            .map(Map.Entry::getValue)
            .mapToLong(RequestInterval.Count::failed)
            .sum();
    return new Traffic((interval.seconds() + length / 2) * speed, answered, failed / length);
  }
}
