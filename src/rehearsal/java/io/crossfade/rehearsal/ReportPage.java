package io.crossfade.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as one HTML file that needs nothing else, in light and dark. */
public final class ReportPage {
  /** Failed requests that are shown one by one; {@code report.json} has more. */
  private static final int SAMPLES = 20;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #1c2430; --dim: #667084;
        --rule: #e1e5eb; --blue: #2563c9; --green: #178a4c; --other: #8b93a1; --red: #cf2f36;
        --good: #e2f4e9; --bad: #fbe4e5 }
      @media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1a2028; --ink: #e4e8ee;
        --dim: #98a2b3; --rule: #2c3542; --blue: #6ea3ff; --green: #4cc982; --other: #7d8797; --red: #ff6b70;
        --good: #16351f; --bad: #431d20 } }
      * { box-sizing: border-box }
      body { margin: 0; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink);
        font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
      main { max-width: 1120px; margin: auto }
      h1 { margin: 0; font-size: 1.6rem }
      h2 { margin: 0 0 .6rem; font-size: 1.05rem }
      header, section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px;
        padding: 1.1rem 1.25rem; margin-bottom: 1rem }
      .verdict { display: inline-block; padding: .1rem .7rem; border-radius: 99px; font-weight: 600 }
      .passed { background: var(--good); color: var(--green) }
      .missed { background: var(--bad); color: var(--red) }
      .reason { font-size: 1.05rem; margin: .6rem 0 }
      .objections { color: var(--red); margin: .4rem 0; padding-left: 1.2rem }
      code { display: block; overflow-x: auto; white-space: nowrap; color: var(--dim);
        font: .82rem/1.6 ui-monospace, "DejaVu Sans Mono", monospace }
      dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1rem 0 }
      dl div { border-left: 3px solid var(--rule); padding-left: .7rem }
      dt { color: var(--dim); font-size: .85rem }
      dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums }
      .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; color: var(--dim); font-size: .85rem; margin-bottom: .5rem }
      .legend i { display: inline-block; width: 1.4rem; height: 3px; margin-right: .4rem; vertical-align: middle;
        background: var(--paint) }
      .legend i.box { height: .7rem; width: .7rem; border-radius: 2px }
      .legend i.dash { background: repeating-linear-gradient(90deg, var(--paint) 0 5px, transparent 5px 8px) }
      svg { display: block; width: 100%; height: auto; font-size: 12px }
      svg text { fill: var(--dim) }
      .end { text-anchor: end } .middle { text-anchor: middle }
      .blue { --paint: var(--blue) } .green { --paint: var(--green) }
      .other { --paint: var(--other) } .fault { --paint: var(--red) }
      .grid, .tick { stroke: var(--rule) }
      .line { fill: none; stroke: var(--paint); stroke-width: 2; stroke-linejoin: round }
      .line.other { stroke-width: 1.3 }
      .area { fill: var(--paint); opacity: .1 }
      .step { fill: none; stroke: var(--paint); stroke-width: 1.5; stroke-dasharray: 5 3; opacity: .8 }
      .failed { fill: var(--red) }
      .band { stroke: var(--card) } .band.even { fill: var(--rule) } .band.odd { fill: var(--rule); fill-opacity: .55 }
      svg text.state { fill: var(--ink); font-size: 11px }
      .scroll { overflow-x: auto }
      .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 1rem; align-items: start }
      table { border-collapse: collapse; width: 100%; font-size: .9rem }
      th { text-align: left; color: var(--dim); font-weight: 500 }
      th, td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--rule); white-space: nowrap }
      tr:last-child td { border-bottom: 0 }
      .figure { text-align: right; font-variant-numeric: tabular-nums }
      """;

  private ReportPage() {}

  public static void write(RehearsalReport report, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, render(report));
  }

  static String render(RehearsalReport report) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Rehearsal: %s</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        %s%s%s<div class="columns">
        %s%s</div>
        %s<div class="columns">
        %s%s</div>
        </main>
        </body>
        </html>
        """
        .formatted(
            Html.escape(report.ending().outcome()),
            STYLE,
            header(report),
            chart(report),
            failures(report),
            perVersion(report),
            functions(report),
            question(report) + timeline(report),
            awsCalls(report),
            versions(report));
  }

  private static String header(RehearsalReport report) {
    return """
        <header>
        <h1>%s <span class="verdict %s">%s</span></h1>
        <p class="reason">%s</p>
        %s<dl>%s</dl>
        <code>%s</code>
        </header>
        """
        .formatted(
            Html.escape(report.ending().outcome()),
            report.passed() ? "passed" : "missed",
            report.passed() ? "as expected" : "not as expected",
            Html.escape(report.ending().reason()),
            objections(report),
            figures(report),
            Html.escape(report.resultLine()));
  }

  private static String objections(RehearsalReport report) {
    return report.passed()
        ? ""
        : report.objections().stream()
            .map(objection -> Html.element("li", objection))
            .collect(Collectors.joining("", "<ul class=\"objections\">", "</ul>\n"));
  }

  private static String figures(RehearsalReport report) {
    VisitorsReport visitors = report.visitors();
    return figure("Scenario", report.options().scenario().label())
        + figure("Visitors", count(report.options().users()))
        + figure("Requests", count(visitors.requests()))
        + figure("Failed", count(visitors.failed()))
        + figure("Orders", count(visitors.acknowledged()))
        + figure("Orders lost", count(visitors.lost()))
        + figure("Seconds", count(report.ending().took().toSeconds()))
        + figure("State transitions", count(report.stateTransitions()));
  }

  private static String figure(String name, String value) {
    return "<div>" + Html.element("dt", name) + Html.element("dd", value) + "</div>";
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String chart(RehearsalReport report) {
    return "<section>\n%s\n<div class=\"legend\">%s</div>\n%s</section>\n"
        .formatted(
            Html.element("h2", "Requests per second, and the weight of the new version"),
            legend(report),
            Chart.draw(report));
  }

  private static String legend(RehearsalReport report) {
    String versions =
        report.visitors().versions().keySet().stream()
            .map(version -> key(paint(report, version), "", version))
            .collect(Collectors.joining());
    return versions
        + key(report.cast().newColour(), "dash", "weight of " + report.cast().newColour())
        + key("fault", "box", "failed requests")
        + key("other", "box", "states");
  }

  private static String key(String paint, String shape, String text) {
    return "<span class=\"%s\"><i class=\"%s\"></i>%s</span>"
        .formatted(paint, shape, Html.escape(text));
  }

  /** The style class of a version: the colour that it runs on, or a neutral one. */
  static String paint(RehearsalReport report, String version) {
    ReleaseVersions cast = report.cast();
    if (version.equals(cast.newVersion())) {
      return cast.newColour();
    }
    if (version.equals(cast.oldVersion())) {
      return ColourWeights.other(cast.newColour());
    }
    return version.equals(RequestTally.LOAD_BALANCER) || version.equals(RequestTally.NO_ANSWER)
        ? "fault"
        : "other";
  }

  private static String perVersion(RehearsalReport report) {
    return Html.table(
        "Requests per version",
        List.of("Version", "Requests", "Failed", "By status"),
        report.visitors().versions().entrySet().stream()
            .map(version -> versionRow(version.getKey(), version.getValue()))
            .toList());
  }

  private static List<Object> versionRow(String name, VersionCount count) {
    String statuses =
        count.byStatus().entrySet().stream()
            .map(status -> status.getKey() + ": " + count(status.getValue()))
            .collect(Collectors.joining(", "));
    return List.of(name, count.requests(), count.failed(), statuses);
  }

  private static String failures(RehearsalReport report) {
    return Html.table(
        "The first failed requests",
        List.of("Second", "Request", "Status", "Answered by"),
        report.visitors().failures().stream()
            .limit(SAMPLES)
            .map(
                failure ->
                    List.<Object>of(
                        failure.seconds(),
                        failure.method() + " " + failure.path(),
                        failure.status(),
                        failure.version()))
            .toList());
  }

  private static String functions(RehearsalReport report) {
    return Html.table(
        "Functions (milliseconds)",
        List.of("Function", "Invocations", "Cold starts", "p50", "p99", "Max"),
        report.functions().stream()
            .map(
                stats ->
                    List.<Object>of(
                        stats.function(),
                        stats.invocations(),
                        stats.coldStarts(),
                        stats.p50(),
                        stats.p99(),
                        stats.max()))
            .toList());
  }

  private static String timeline(RehearsalReport report) {
    return Html.table(
        "Timeline",
        List.of("Second", "State", "Blue %", "Green %", "World time"),
        report.timeline().stream()
            .map(
                entry ->
                    List.<Object>of(
                        entry.seconds(),
                        entry.state(),
                        entry.weights().blue(),
                        entry.weights().green(),
                        entry.time().toString()))
            .toList());
  }

  private static String awsCalls(RehearsalReport report) {
    return pairs("AWS calls", "Operation", "Calls", report.awsCalls());
  }

  private static String question(RehearsalReport report) {
    String lines =
        report.question().stream()
            .map(line -> "<p>" + Html.escape(line) + "</p>\n")
            .collect(Collectors.joining());
    return lines.isEmpty()
        ? ""
        : "<section>\n<h2>The question in Slack</h2>\n" + lines + "</section>\n";
  }

  private static String versions(RehearsalReport report) {
    return pairs("What took part", "What", "Version", report.versions());
  }

  private static String pairs(String heading, String first, String second, Map<String, ?> pairs) {
    return Html.table(
        heading,
        List.of(first, second),
        pairs.entrySet().stream()
            .map(pair -> List.<Object>of(pair.getKey(), pair.getValue()))
            .toList());
  }
}
