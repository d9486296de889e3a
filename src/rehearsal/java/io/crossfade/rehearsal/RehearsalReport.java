package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import io.crossfade.rehearsal.page.Trouble;
import io.crossfade.report.ReleaseReport;
import io.crossfade.report.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that is known at the end of a rehearsal.
 *
 * @param expected the state that the release must end in
 * @param unanswered how many requests the load balancer gave to version 2 without an answer
 * @param byHand what somebody did to the release on the page; no failed request is held against it
 * @param awsCalls how often each operation was called, e.g. {@code ecs:UpdateService}
 * @param stateTransitions how many states were entered
 * @param written what the deployed functions wrote of the release; empty if they did not
 * @param began when the visitors came, in world time
 * @param versions of what took part, e.g. Java and the artifact
 */
public record RehearsalReport(
    Options options,
    String expected,
    Set<Trouble> byHand,
    ReleaseVersions cast,
    ReleaseResult ending,
    VisitorsReport visitors,
    long unanswered,
    List<TimelineEntry> timeline,
    List<FunctionLatency> functions,
    Map<String, Long> awsCalls,
    long stateTransitions,
    Optional<ReleaseReport> written,
    Instant began,
    List<Samples.Health> health,
    List<Samples.AlarmState> alarms,
    Map<String, String> versions) {

  public RehearsalReport {
    requireNonNull(options, "options");
    requireNonNull(expected, "expected");
    byHand = Set.copyOf(byHand);
    requireNonNull(cast, "cast");
    requireNonNull(ending, "ending");
    requireNonNull(visitors, "visitors");
    timeline = List.copyOf(timeline);
    functions = List.copyOf(functions);
    requireNonNull(written, "written");
    requireNonNull(began, "began");
    health = List.copyOf(health);
    alarms = List.copyOf(alarms);
    awsCalls = Collections.unmodifiableMap(new TreeMap<>(awsCalls));
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /** The line that machines read. */
  public String resultLine() {
    return "rehearsal: scenario=%s outcome=%s expected=%s requests=%d failed=%d lost_orders=%d weights=%s seconds=%d"
        .formatted(
            options.scenario().label(),
            ending.outcome(),
            expected,
            visitors.requests(),
            visitors.failed(),
            visitors.lost(),
            ending.weights().stream().map(String::valueOf).collect(Collectors.joining(",")),
            ending.took().toSeconds());
  }

  public boolean passed() {
    return objections().isEmpty();
  }

  /** Why the rehearsal is not passed, in sentences; nothing if it is. */
  public List<String> objections() {
    List<String> objections = new ArrayList<>();
    if (!ending.outcome().equals(expected)) {
      objections.add(
          "expected %s, but the release ended in %s".formatted(expected, ending.outcome()));
    }
    if (visitors.lost() > 0) {
      objections.add(
          "%d of %d acknowledged orders are lost"
              .formatted(visitors.lost(), visitors.acknowledged()));
    }
    if (unforgivable() > 0) {
      objections.add(
          options.scenario().flawless()
              ? "%d requests failed, none may".formatted(unforgivable())
              : "%d requests failed that %s did not get"
                  .formatted(unforgivable(), cast.newVersion()));
    }
    return objections;
  }

  private long unforgivable() {
    if (!byHand.isEmpty()) {
      return 0;
    }
    return options.scenario().flawless()
        ? visitors.failed()
        : visitors.failed() - visitors.of(cast.newVersion()).failed() - unanswered;
  }
}
