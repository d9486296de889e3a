package io.crossfade.report;

import io.crossfade.release.TimelineEvent;
import io.crossfade.report.ReleaseReport.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The time in which the weights were the same, with what happened and what was measured in it.
 *
 * @param canary percent of the traffic for the new version
 * @param requests by the version's name, of the intervals that begin in it
 * @param leastHealthy the fewest healthy targets of each version; one that was not seen is absent
 * @param alarms changes in it
 */
record Stage(
    int canary,
    Instant from,
    Instant to,
    List<TimelineEvent> events,
    Map<String, Samples.Count> requests,
    Map<String, Integer> leastHealthy,
    List<Samples.AlarmState> alarms) {

  /** All of a release, in order; one alone where no weight was written. */
  static List<Stage> of(ReleaseReport report) {
    List<Samples.Weight> changes = changes(report);
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      boolean last = i + 1 == changes.size();
      // What happened at the very end belongs to the last.
      Instant to = last ? Instant.MAX : changes.get(i + 1).at();
      Instant from = i == 0 ? Instant.MIN : changes.get(i).at();
      stages.add(
          new Stage(
              changes.get(i).canary(),
              changes.get(i).at(),
              last ? Collections.max(List.of(report.ended(), changes.get(i).at())) : to,
              within(report.timeline(), TimelineEvent::at, from, to),
              requests(report, from, to),
              leastHealthy(report, from, to),
              within(report.samples().alarms(), Samples.AlarmState::at, from, to)));
    }
    return List.copyOf(stages);
  }

  private static List<Samples.Weight> changes(ReleaseReport report) {
    List<Samples.Weight> changes = new ArrayList<>();
    changes.add(new Samples.Weight(report.begun(), 0));
    for (Samples.Weight weight : report.samples().weights()) {
      if (changes.get(changes.size() - 1).canary() != weight.canary()) {
        changes.add(weight);
      }
    }
    return changes;
  }

  private static <T> List<T> within(
      List<T> all, Function<T, Instant> time, Instant from, Instant to) {
    return all.stream()
        .filter(one -> !time.apply(one).isBefore(from) && time.apply(one).isBefore(to))
        .toList();
  }

  private static Map<String, Samples.Count> requests(
      ReleaseReport report, Instant from, Instant to) {
    Map<String, Samples.Count> sums = new LinkedHashMap<>();
    List<Samples.Requests> counted =
        within(report.samples().requests(), Samples.Requests::at, from, to);
    for (Version version : report.versions()) {
      counted.stream()
          .map(sample -> sample.versions().get(version.name()))
          .filter(count -> count != null && count.requests() > 0)
          .reduce(Samples.Count::plus)
          .ifPresent(sum -> sums.put(version.name(), sum));
    }
    return sums;
  }

  /** A version keeps the targets that it had until it is seen with others. */
  private static Map<String, Integer> leastHealthy(ReleaseReport report, Instant from, Instant to) {
    Map<String, Integer> least = new LinkedHashMap<>();
    for (Version version : report.versions()) {
      OptionalInt fewest =
          within(report.samples().health(), Samples.Health::at, from, to).stream()
              .filter(seen -> seen.version().equals(version.name()))
              .mapToInt(Samples.Health::healthy)
              .min();
      fewest.ifPresent(healthy -> least.put(version.name(), healthy));
    }
    return least;
  }
}
