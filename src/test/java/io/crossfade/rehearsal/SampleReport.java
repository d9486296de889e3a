package io.crossfade.rehearsal;

import io.crossfade.rehearsal.page.Trouble;
import io.crossfade.report.ReleaseReport;
import io.crossfade.report.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Made-up reports for tests. */
final class SampleReport {
  static final String OLD = "backend-1";
  static final String NEW = "backend-2";
  static final String FRONTEND = "frontend-1";
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private SampleReport() {}

  static RehearsalReport happy() {
    return report(
        Scenario.HAPPY,
        new ReleaseResult(
            "Released",
            "backend-2 has all the traffic; no alarm fired",
            List.of(0, 25, 50, 75, 100),
            Duration.ofSeconds(96)),
        visitors(false),
        0,
        Set.of(),
        timeline("ScaleIn", "Released", 0, 25, 50, 75, 100));
  }

  static RehearsalReport alarm() {
    return report(
        Scenario.ALARM,
        new ReleaseResult(
            "RolledBack",
            "alarm booking-backend-green-5xx went into ALARM at 50 %: 12 failures, 5 are too many",
            List.of(0, 25, 50, 0),
            Duration.ofSeconds(96)),
        visitors(true),
        0,
        Set.of(),
        timeline("CheckRestore", "RolledBack", 0, 25, 50, 0));
  }

  /** The same as {@link #alarm()}, of which the functions wrote a report. */
  static RehearsalReport writtenAs(ReleaseReport written) {
    RehearsalReport alarm = alarm();
    return new RehearsalReport(
        alarm.options(),
        alarm.expected(),
        alarm.byHand(),
        alarm.cast(),
        alarm.ending(),
        alarm.visitors(),
        alarm.unanswered(),
        alarm.timeline(),
        alarm.functions(),
        alarm.awsCalls(),
        alarm.stateTransitions(),
        Optional.of(written),
        alarm.began(),
        alarm.health(),
        alarm.alarms(),
        alarm.versions());
  }

  static RehearsalReport with(
      Scenario scenario, String outcome, Map<String, VersionCount> versions, long lost) {
    return with(scenario, outcome, versions, lost, 0);
  }

  /**
   * @param unanswered of the requests that the new version got
   */
  static RehearsalReport with(
      Scenario scenario,
      String outcome,
      Map<String, VersionCount> versions,
      long lost,
      long unanswered) {
    long requests = versions.values().stream().mapToLong(VersionCount::requests).sum();
    long failed = versions.values().stream().mapToLong(VersionCount::failed).sum();
    return report(
        scenario,
        new ReleaseResult(outcome, "made up", List.of(0, 25), Duration.ofMillis(61_900)),
        new VisitorsReport(requests, failed, versions, 400, lost, 0, List.of(), List.of()),
        unanswered,
        Set.of(),
        List.of());
  }

  /** A release of the scenario happy, to which somebody did something on the page. */
  static RehearsalReport troubled(Map<String, VersionCount> versions, long lost) {
    RehearsalReport calm = with(Scenario.HAPPY, "Released", versions, lost);
    return report(
        Scenario.HAPPY, calm.ending(), calm.visitors(), 0, Set.of(Trouble.FAIL), List.of());
  }

  private static RehearsalReport report(
      Scenario scenario,
      ReleaseResult ending,
      VisitorsReport visitors,
      long unanswered,
      Set<Trouble> byHand,
      List<TimelineEntry> timeline) {
    ApprovalMode answering = scenario.answering().orElse(ApprovalMode.APPROVE);
    Options options = new Options(scenario, 150, 10, Optional.empty(), answering, false);
    return new RehearsalReport(
        options,
        options.expected(),
        byHand,
        new ReleaseVersions(OLD, NEW, "green"),
        ending,
        visitors,
        unanswered,
        timeline,
        List.of(
            new FunctionLatency("plan", 1, 1, 812.4, 812.4, 812.4, 812.4),
            new FunctionLatency("check-alarms", 24, 1, 18.2, 240.9, 240.9, 660.1)),
        Map.of("ecs:UpdateService", 3L, "elasticloadbalancing:ModifyRule", 5L),
        41,
        Optional.empty(),
        START,
        List.of(new Samples.Health(START, OLD, 2)),
        List.of(new Samples.AlarmState(START, "booking-backend-green-5xx", "OK")),
        Map.of("java", "17.0.12", "artifact", "function.zip"));
  }

  private static VisitorsReport visitors(boolean failing) {
    List<RequestInterval> series = new ArrayList<>();
    List<FailedRequest> failures = new ArrayList<>();
    Map<String, VersionCount> versions = new TreeMap<>();
    for (int i = 0; i < 200; i++) {
      double seconds = i * RequestInterval.LENGTH;
      int share = share(seconds, failing);
      int wobble = (i * 37) % 9 - 4;
      long failed = failing && share == 50 ? 2 : 0;
      series.add(
          new RequestInterval(
              seconds,
              Map.of(
                  OLD, new RequestInterval.Count((56 + wobble) * (100 - share) / 100, 0),
                  NEW, new RequestInterval.Count((56 + wobble) * share / 100, failed),
                  FRONTEND, new RequestInterval.Count(18 - wobble, 0))));
      if (failed > 0) {
        failures.add(
            new FailedRequest(
                START.plusMillis(i * 500L), seconds, "POST", "/api/orders", "500", NEW));
      }
    }
    long failed = failures.size() * 2L;
    versions.put(OLD, new VersionCount(6120, 0, Map.of("200", 4010L, "201", 2110L)));
    versions.put(
        NEW,
        new VersionCount(5012, failed, Map.of("200", 3010L, "201", 2002 - failed, "500", failed)));
    versions.put(FRONTEND, new VersionCount(3621, 0, Map.of("200", 3621L)));
    return new VisitorsReport(14_753, failed, versions, 4112 - failed, 0, 0, failures, series);
  }

  private static int share(double seconds, boolean failing) {
    if (failing && seconds > 60) {
      return 0;
    }
    return seconds < 20 ? 0 : Math.min(100, 25 * (int) ((seconds - 5) / 15));
  }

  private static List<TimelineEntry> timeline(String last, String end, int... shares) {
    List<TimelineEntry> timeline = new ArrayList<>();
    add(timeline, 0.2, "Plan", 0);
    add(timeline, 1.6, "RegisterTaskDefinition", 0);
    add(timeline, 2.1, "ResolveTargetGroup", 0);
    add(timeline, 2.6, "ScaleOut", 0);
    add(timeline, 3, "WaitForHealth", 0);
    add(timeline, 18, "CheckHealth", 0);
    for (int i = 1; i < shares.length; i++) {
      double at = 5 + 15 * i;
      add(timeline, at, "ShiftTraffic", shares[i]);
      add(timeline, at + 0.4, "Bake", shares[i]);
      add(timeline, at + 12, "CheckAlarms", shares[i]);
    }
    add(timeline, 92, last, shares[shares.length - 1]);
    add(timeline, 96, end, shares[shares.length - 1]);
    return timeline;
  }

  private static void add(List<TimelineEntry> timeline, double seconds, String state, int share) {
    timeline.add(
        new TimelineEntry(
            START.plusMillis((long) (seconds * 10_000)),
            seconds,
            state,
            ColourWeights.giving("green", share)));
  }
}
