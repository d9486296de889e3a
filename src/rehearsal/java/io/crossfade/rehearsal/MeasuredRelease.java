package io.crossfade.rehearsal;

import io.crossfade.release.Colour;
import io.crossfade.report.ReleaseReport;
import io.crossfade.report.ReleaseReport.Ending;
import io.crossfade.report.ReleaseReport.Fact;
import io.crossfade.report.ReleaseReport.Role;
import io.crossfade.report.ReleaseReport.Table;
import io.crossfade.report.ReleaseReport.Version;
import io.crossfade.report.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The report that the deployed functions wrote of the release, with what the visitors saw and the
 * local AWS knows in place of what the functions could measure. Its times are world times.
 */
final class MeasuredRelease {
  /** Failed requests that are shown one by one; {@code report.json} has more. */
  private static final int FAILURES = 20;

  /** How much of the time before the release is shown. */
  private static final Duration BEFORE = Duration.ofSeconds(60);

  private MeasuredRelease() {}

  static ReleaseReport of(RehearsalReport report) {
    ReleaseReport written = report.written().orElseGet(() -> bare(report));
    return new ReleaseReport(
        report.ending().outcome(),
        report.ending().reason(),
        written.ending(),
        "%s, rehearsed".formatted(written.title()),
        facts(report, written),
        written.begun(),
        written.ended(),
        versions(report),
        written.timeline(),
        samples(report, written),
        written.question(),
        written.comparison(),
        tables(report));
  }

  /** Of a release that came to no end that is told, such as a refused one of another kind. */
  private static ReleaseReport bare(RehearsalReport report) {
    Instant begun = report.timeline().isEmpty() ? report.began() : report.timeline().get(0).time();
    Instant ended =
        report.timeline().isEmpty()
            ? begun
            : report.timeline().get(report.timeline().size() - 1).time();
    return new ReleaseReport(
        report.ending().outcome(),
        report.ending().reason(),
        Ending.BAD,
        report.cast().newVersion(),
        List.of(),
        begun,
        ended,
        List.of(),
        List.of(),
        Samples.NONE,
        List.of(),
        new ReleaseReport.Comparison("The functions wrote no report.", List.of()),
        List.of());
  }

  private static List<Fact> facts(RehearsalReport report, ReleaseReport written) {
    VisitorsReport visitors = report.visitors();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Rehearsal", verdict(report)));
    facts.add(new Fact("Scenario", report.options().scenario().label()));
    facts.add(new Fact("Visitors", count(report.options().users())));
    facts.add(
        new Fact(
            "Requests",
            "%s, %s failed".formatted(count(visitors.requests()), count(visitors.failed()))));
    facts.add(
        new Fact(
            "Orders",
            "%s, %s lost".formatted(count(visitors.acknowledged()), count(visitors.lost()))));
    facts.add(
        new Fact(
            "Real time",
            "%s s, at %s times the speed"
                .formatted(
                    count(report.ending().took().toSeconds()),
                    OptionReader.plain(report.options().speed()))));
    facts.add(new Fact("State transitions", count(report.stateTransitions())));
    facts.addAll(written.facts());
    return facts;
  }

  private static String verdict(RehearsalReport report) {
    return report.passed()
        ? "as expected"
        : "not as expected: " + String.join("; ", report.objections());
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static List<Version> versions(RehearsalReport report) {
    ReleaseVersions cast = report.cast();
    Colour colour = Colour.valueOf(cast.newColour().toUpperCase(Locale.ROOT));
    List<Version> versions = new ArrayList<>();
    versions.add(new Version(cast.newVersion(), Role.CANARY, colour));
    versions.add(new Version(cast.oldVersion(), Role.STABLE, colour.other()));
    report.visitors().versions().keySet().stream()
        .filter(name -> !name.equals(cast.newVersion()) && !name.equals(cast.oldVersion()))
        .forEach(name -> versions.add(new Version(name, role(name), null)));
    return versions;
  }

  private static Role role(String version) {
    return version.equals(RequestTally.LOAD_BALANCER) || version.equals(RequestTally.NO_ANSWER)
        ? Role.BALANCER
        : Role.OTHER;
  }

  private static Samples samples(RehearsalReport report, ReleaseReport written) {
    return new Samples(
        RequestInterval.LENGTH * report.options().speed(),
        requests(report, written.begun().minus(BEFORE)),
        weights(report),
        report.health(),
        report.alarms());
  }

  /** The last interval was cut off by the end, and would look like a drop. */
  private static List<Samples.Requests> requests(RehearsalReport report, Instant from) {
    List<RequestInterval> series = report.visitors().series();
    Set<String> parts =
        versions(report).stream()
            .filter(version -> version.role() != Role.BALANCER)
            .map(Version::name)
            .collect(Collectors.toSet());
    return series.stream()
        .limit(Math.max(0, series.size() - 1))
        .map(
            interval ->
                new Samples.Requests(time(report, interval.seconds()), counts(interval, parts)))
        .filter(requests -> !requests.at().isBefore(from))
        .toList();
  }

  /** Who was not asked in it had no requests. */
  private static Map<String, Samples.Count> counts(RequestInterval interval, Set<String> names) {
    Map<String, Samples.Count> counts = new TreeMap<>();
    names.forEach(name -> counts.put(name, new Samples.Count(0, 0)));
    interval
        .versions()
        .forEach(
            (name, count) -> counts.put(name, new Samples.Count(count.requests(), count.failed())));
    return counts;
  }

  private static Instant time(RehearsalReport report, double seconds) {
    return report.began().plusMillis(Math.round(seconds * report.options().speed() * 1000));
  }

  /** A shift is told from when its state was entered, in milliseconds, as the functions tell it. */
  private static List<Samples.Weight> weights(RehearsalReport report) {
    List<Samples.Weight> weights = new ArrayList<>();
    TimelineEntry entered = null;
    for (TimelineEntry entry : report.timeline()) {
      boolean shifted =
          entered != null
              && entry.state().equals("ShiftTraffic")
              && entered.state().equals("ShiftTraffic")
              && !entry.weights().equals(entered.weights());
      weights.add(
          new Samples.Weight(
              (shifted ? entered.time() : entry.time()).truncatedTo(ChronoUnit.MILLIS),
              entry.weights().of(report.cast().newColour())));
      entered = entry;
    }
    return weights;
  }

  private static List<Table> tables(RehearsalReport report) {
    return List.of(
        new Table(
            "Requests per version",
            List.of("Version", "Requests", "Failed", "By status"),
            report.visitors().versions().entrySet().stream()
                .map(version -> row(version.getKey(), version.getValue()))
                .toList()),
        new Table(
            "The first failed requests",
            List.of("At", "Request", "Status", "Answered by"),
            report.visitors().failures().stream()
                .limit(FAILURES)
                .map(failure -> row(report, failure))
                .toList()),
        new Table(
            "Functions (real milliseconds)",
            List.of("Function", "Invocations", "Cold starts", "p50", "p99", "Max"),
            report.functions().stream()
                .filter(function -> function.invocations() > 0)
                .map(
                    f ->
                        List.<Object>of(
                            name(f), f.invocations(), f.coldStarts(), f.p50(), f.p99(), f.max()))
                .toList()),
        Table.of("AWS calls", List.of("Operation", "Calls"), report.awsCalls()),
        Table.of("What took part", List.of("What", "Version"), report.versions()));
  }

  private static String name(FunctionLatency function) {
    return function.function().replaceFirst("^crossfade-", "");
  }

  private static List<Object> row(String name, VersionCount count) {
    String statuses =
        count.byStatus().entrySet().stream()
            .map(status -> status.getKey() + ": " + count(status.getValue()))
            .collect(Collectors.joining(", "));
    return List.of(name, count.requests(), count.failed(), statuses);
  }

  private static List<Object> row(RehearsalReport report, FailedRequest failure) {
    return List.of(
        time(report, failure.seconds()).truncatedTo(ChronoUnit.MILLIS),
        failure.method() + " " + failure.path(),
        failure.status(),
        failure.version());
  }
}
