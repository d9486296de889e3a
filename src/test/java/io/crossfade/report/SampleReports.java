package io.crossfade.report;

import io.crossfade.release.Colour;
import io.crossfade.release.TimelineEvent;
import io.crossfade.report.ReleaseReport.Comparison;
import io.crossfade.report.ReleaseReport.Difference;
import io.crossfade.report.ReleaseReport.Ending;
import io.crossfade.report.ReleaseReport.Fact;
import io.crossfade.report.ReleaseReport.Role;
import io.crossfade.report.ReleaseReport.Table;
import io.crossfade.report.ReleaseReport.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Made-up reports for tests. */
public final class SampleReports {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final String OLD = "backend-blue";
  static final String NEW = "backend-green";

  private SampleReports() {}

  /** Nothing was measured, and nothing happened. */
  static ReleaseReport empty(String outcome, Ending ending) {
    return of(
        outcome, "", ending, "backend", List.of(), List.of(), Samples.NONE, List.of(), List.of());
  }

  /** Every text of it is this one. */
  public static ReleaseReport saying(String text) {
    return new ReleaseReport(
        text,
        text,
        Ending.BAD,
        text,
        List.of(new Fact(text, text)),
        START,
        at(300),
        List.of(new Version(text, Role.CANARY, null)),
        List.of(new TimelineEvent(at(10), text, null)),
        new Samples(
            60,
            List.of(new Samples.Requests(START, Map.of(text, new Samples.Count(10, 1)))),
            List.of(new Samples.Weight(at(60), 50)),
            List.of(new Samples.Health(START, text, 2)),
            List.of(new Samples.AlarmState(at(60), text, text))),
        List.of(
            Map.of("type", "header", "text", Map.of("type", "plain_text", "text", text)),
            Map.of("type", "section", "text", Map.of("type", "mrkdwn", "text", "*" + text + "*"))),
        new Comparison(text, List.of(new Difference(text, text, text))),
        List.of(new Table(text, List.of(text), List.of(List.of(text)))));
  }

  /** An alarm at 50 % turned it back. */
  public static ReleaseReport rolledBack() {
    List<Samples.Requests> requests = new ArrayList<>();
    List<Samples.Health> health = new ArrayList<>();
    for (int minute = 0; minute < 30; minute++) {
      int share = minute < 8 ? 0 : minute < 14 ? 25 : minute < 20 ? 50 : 0;
      int all = 600 + minute * 37 % 90;
      requests.add(
          new Samples.Requests(
              at(60 * minute),
              Map.of(
                  OLD,
                  new Samples.Count(all * (100 - share) / 100, 0),
                  NEW,
                  new Samples.Count(all * share / 100, share == 50 ? 12 : 0))));
      health.add(new Samples.Health(at(60 * minute), OLD, 4));
      health.add(new Samples.Health(at(60 * minute), NEW, minute < 5 || minute > 26 ? 0 : 4));
    }
    Samples samples =
        new Samples(
            60,
            requests,
            List.of(
                new Samples.Weight(at(480), 25),
                new Samples.Weight(at(840), 50),
                new Samples.Weight(at(1200), 0)),
            health,
            List.of(
                new Samples.AlarmState(START, NEW + "-5xx", "OK"),
                new Samples.AlarmState(at(1180), NEW + "-5xx", "ALARM"),
                new Samples.AlarmState(at(1500), NEW + "-5xx", "OK")));
    return of(
        "RolledBack",
        "alarm backend-green-5xx went into ALARM at 50 %: 12 failures, 5 are too many",
        Ending.UNCHANGED,
        "backend",
        List.of(
            new Fact("Image", "registry.example/backend@sha256:" + "2".repeat(64)),
            new Fact("Commit", "abc1234"),
            new Fact("Author", "an@example.com")),
        List.of(
            event(0, "backend-blue is stable with 4 of 4 tasks"),
            event(2, "registered arn:aws:ecs:eu-central-1:123456789012:task-definition/backend:8"),
            event(300, "4 of 4 targets healthy for 3 polls in a row"),
            event(480, "backend-green gets 25 % of the traffic, backend-blue 75 %"),
            event(840, "backend-green gets 50 % of the traffic, backend-blue 50 %"),
            event(1190, "rolling back: backend-green-5xx is ALARM")),
        samples,
        question(),
        List.of(
            new Table(
                "Functions (milliseconds)",
                List.of("Function", "Invocations", "p50"),
                List.of(
                    List.of("PlanFunction", 1, 812.4), List.of("CheckAlarmsFunction", 24, 18.2)))));
  }

  static List<Map<String, Object>> question() {
    return List.of(
        Map.of("type", "header", "text", Map.of("type", "plain_text", "text", "backend: Closed")),
        Map.of(
            "type",
            "section",
            "fields",
            List.of(
                mrkdwn("*Service*\nbackend-green"),
                mrkdwn("*Image*\n`backend@sha256:2222`"),
                mrkdwn("*Requests since <!date^1772359200^{time}|2026-03-01T10:00:00Z>*\n4"))),
        Map.of(
            "type",
            "section",
            "text",
            mrkdwn("*Alarms*\n:white_check_mark: backend-green-5xx is OK &amp; &lt;fine&gt;")),
        Map.of("type", "section", "text", mrkdwn("*Approved* by <@U1>")));
  }

  private static Map<String, Object> mrkdwn(String text) {
    return Map.of("type", "mrkdwn", "text", text);
  }

  private static TimelineEvent event(int second, String what) {
    return new TimelineEvent(at(second), what, null);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static ReleaseReport of(
      String outcome,
      String reason,
      Ending ending,
      String title,
      List<Fact> facts,
      List<TimelineEvent> timeline,
      Samples samples,
      List<Map<String, Object>> question,
      List<Table> tables) {
    return new ReleaseReport(
        outcome,
        reason,
        ending,
        title,
        facts,
        START,
        at(1800),
        List.of(
            new Version(NEW, Role.CANARY, Colour.GREEN),
            new Version(OLD, Role.STABLE, Colour.BLUE)),
        timeline,
        samples,
        question,
        new Comparison("Everything was read back as it was.", List.of()),
        tables);
  }
}
