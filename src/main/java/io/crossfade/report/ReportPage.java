package io.crossfade.report;

import io.crossfade.release.TimelineEvent;
import io.crossfade.report.ReleaseReport.Difference;
import io.crossfade.report.ReleaseReport.Fact;
import io.crossfade.report.ReleaseReport.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The report as one HTML file that needs nothing else and runs nothing: in light and dark, for a
 * window of a computer and of a phone.
 */
public final class ReportPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #1c2430; --dim: #5a6475;
        --rule: #e1e5eb; --green: #0f6b39; --blue: #1f56b3; --red: #b3232a; --amber: #7a4b00; --warn: #fcefd2;
        --good: #e2f4e9; --same: #e4edfb; --bad: #fbe4e5 }
      @media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1a2028; --ink: #e4e8ee;
        --dim: #a3adbd; --rule: #2c3542; --green: #6fdc9d; --blue: #9cc0ff; --red: #ff9a9d; --amber: #ffd07a; --warn: #40310f;
        --good: #16351f; --same: #1b2c47; --bad: #431d20 } }
      * { box-sizing: border-box }
      body { margin: 0; padding: 1rem; background: var(--page); color: var(--ink);
        font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere }
      main { max-width: 1120px; margin: auto }
      h1 { margin: 0; font-size: 1.5rem }
      h2 { margin: 0 0 .6rem; font-size: 1.1rem }
      h3 { margin: 0 0 .3rem; font-size: 1rem }
      section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px;
        padding: 1rem 1.1rem; margin-bottom: 1rem }
      .outcome { display: inline-block; padding: 0 .7rem; border-radius: 99px }
      .good { background: var(--good); color: var(--green) }
      .warning { background: var(--warn); color: var(--amber) }
      .unchanged { background: var(--same); color: var(--blue) }
      .bad { background: var(--bad); color: var(--red) }
      .reason { font-size: 1.05rem; margin: .6rem 0; white-space: pre-line }
      dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: .6rem 1rem; margin: 1rem 0 0 }
      dl div { border-left: 3px solid var(--rule); padding-left: .7rem }
      dt { color: var(--dim); font-size: .85rem }
      dd { margin: 0 }
      figure { margin: 0 }
      figcaption { color: var(--dim); margin-bottom: .4rem }
      svg { display: block; width: 100%; height: auto }
      .narrow { display: none }
      @media (max-width: 700px) { .narrow { display: block } .wide { display: none } }
      .steps { list-style: none; margin: 0; padding: 0 }
      .steps > li { border-left: 3px solid var(--rule); padding: 0 0 .9rem .9rem }
      .steps ul { margin: .2rem 0; padding-left: 1.2rem }
      .steps p { margin: .1rem 0 }
      .measured { color: var(--dim); font-size: .92rem }
      time { font-variant-numeric: tabular-nums }
      .slack { border: 1px solid var(--rule); border-left: 4px solid var(--dim); border-radius: 6px; padding: .8rem 1rem;
        max-width: 44rem; white-space: pre-line }
      .slack p { margin: .6rem 0 }
      .slack code { background: var(--page); padding: 0 .25rem; border-radius: 4px; font-size: .9em }
      .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: .6rem 1rem; margin: .6rem 0 }
      .context { color: var(--dim); font-size: .88rem }
      .actions { display: flex; gap: .5rem; margin-top: .6rem }
      .actions div { border: 1px solid var(--rule); border-radius: 4px; padding: .1rem .7rem }
      .scroll { overflow-x: auto }
      table { border-collapse: collapse; width: 100%; font-size: .92rem }
      th { text-align: left; color: var(--dim); font-weight: 500; vertical-align: bottom }
      th, td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--rule); vertical-align: top;
        overflow-wrap: break-word }
      tr:last-child td { border-bottom: 0 }
      .figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
      @media print { body { background: none } section { break-inside: avoid } }
      """;

  private ReportPage() {}

  public static String render(ReleaseReport report) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        %s
        <style>
        %s%s</style>
        </head>
        <body>
        %s
        </body>
        </html>
        """
        .formatted(
            Html.tag("title", report.outcome() + ": " + report.title()).markup(),
            STYLE,
            Picture.STYLE,
            Html.tag("main", Html.all(sections(report))).markup());
  }

  private static List<Html> sections(ReleaseReport report) {
    List<Html> sections = new ArrayList<>();
    sections.add(head(report));
    sections.add(picture(report));
    sections.add(steps(report));
    if (!report.question().isEmpty()) {
      sections.add(section("question", "The question in Slack", SlackCard.of(report.question())));
    }
    sections.add(comparison(report));
    for (int i = 0; i < report.tables().size(); i++) {
      Table table = report.tables().get(i);
      if (!table.rows().isEmpty()) {
        sections.add(section("table-" + i, table.title(), table(table, "table-" + i)));
      }
    }
    return sections;
  }

  private static Html section(String id, String heading, Html content) {
    return Html.tag("section", Html.tag("h2", heading).with("id", id), content)
        .with("aria-labelledby", id);
  }

  private static Html head(ReleaseReport report) {
    String style =
        switch (report.ending()) {
          case GOOD -> "outcome good";
          case WARNING -> "outcome warning";
          case UNCHANGED -> "outcome unchanged";
          case BAD -> "outcome bad";
        };
    return Html.tag(
            "section",
            Html.tag(
                    "h1",
                    Html.tag("span", report.outcome()).with("class", style),
                    " ",
                    report.title())
                .with("id", "outcome"),
            Html.tag("p", report.reason()).with("class", "reason"),
            Html.tag("dl", Html.all(facts(report))))
        .with("aria-labelledby", "outcome");
  }

  private static List<Html> facts(ReleaseReport report) {
    List<Html> facts = new ArrayList<>();
    facts.add(fact("Begun", Words.date(report.begun())));
    facts.add(fact("Ended", Words.date(report.ended())));
    facts.add(fact("Took", Words.duration(report.begun(), report.ended())));
    for (Fact fact : report.facts()) {
      facts.add(fact(fact.name(), fact.value()));
    }
    return facts;
  }

  private static Html fact(String name, Object value) {
    return Html.tag("div", Html.tag("dt", name), Html.tag("dd", value));
  }

  private static Html picture(ReleaseReport report) {
    return section(
        "picture",
        "Over time",
        Html.tag(
            "figure",
            Html.tag(
                "figcaption",
                "Times are since ",
                Words.date(report.begun()),
                ". The steps below have the figures."),
            Picture.of(report, Picture.WIDE).with("class", "wide"),
            Picture.of(report, Picture.NARROW).with("class", "narrow")));
  }

  private static Html steps(ReleaseReport report) {
    List<Stage> stages = Stage.of(report);
    return section(
        "steps",
        "Step by step",
        Html.tag("ol", Html.all(IntStream.range(0, stages.size()).mapToObj(i -> step(stages, i))))
            .with("class", "steps"));
  }

  private static Html step(List<Stage> stages, int index) {
    Stage stage = stages.get(index);
    return Html.tag(
        "li",
        Html.tag(
            "h3",
            heading(stages, index),
            ", from ",
            Words.clock(stage.from()),
            " for ",
            Words.duration(stage.from(), stage.to())),
        events(stage),
        Html.all(measured(stage)));
  }

  private static String heading(List<Stage> stages, int index) {
    int weight = stages.get(index).canary();
    if (index == 0) {
      return "Before the new version gets traffic";
    }
    return weight < stages.get(index - 1).canary()
        ? "Back to %d %%".formatted(weight)
        : "%d %% to the new version".formatted(weight);
  }

  private static Html events(Stage stage) {
    return stage.events().isEmpty()
        ? Html.NONE
        : Html.tag("ul", Html.all(stage.events().stream().map(ReportPage::event)));
  }

  private static Html event(TimelineEvent event) {
    return Html.tag("li", Words.clock(event.at()), " ", event.what());
  }

  private static List<Html> measured(Stage stage) {
    List<Html> lines = new ArrayList<>();
    Set<String> versions = new LinkedHashSet<>(stage.requests().keySet());
    versions.addAll(stage.leastHealthy().keySet());
    for (String version : versions) {
      List<String> figures = new ArrayList<>();
      if (stage.requests().containsKey(version)) {
        figures.add(Words.requests(stage.requests().get(version)));
      }
      if (stage.leastHealthy().containsKey(version)) {
        figures.add("at the least %d healthy".formatted(stage.leastHealthy().get(version)));
      }
      lines.add(line(version + ": " + String.join(", ", figures)));
    }
    for (Samples.AlarmState alarm : stage.alarms()) {
      lines.add(line(Words.clock(alarm.at()), " ", alarm.alarm() + " is " + alarm.state()));
    }
    return lines;
  }

  private static Html line(Object... content) {
    return Html.tag("p", content).with("class", "measured");
  }

  private static Html comparison(ReleaseReport report) {
    List<Difference> differences = report.comparison().differences();
    Table table =
        new Table(
            "Before and after",
            List.of("What", "Before", "After"),
            differences.stream()
                .map(d -> List.<Object>of(d.what(), d.before(), d.after()))
                .toList());
    return section(
        "comparison",
        table.title(),
        Html.all(
            Html.tag("p", report.comparison().sentence()),
            differences.isEmpty() ? Html.NONE : table(table, "comparison")));
  }

  /** A wide one is scrolled in itself, also by the keyboard. */
  private static Html table(Table table, String label) {
    Html head = Html.tag("tr", Html.all(cells(table, "th", table.columns())));
    Html rows =
        Html.all(
            table.rows().stream().map(row -> Html.tag("tr", Html.all(cells(table, "td", row)))));
    return Html.tag(
            "div",
            Html.tag("table", Html.tag("thead", head), Html.tag("tbody", rows))
                .with("aria-labelledby", label))
        .with("class", "scroll")
        .with("role", "group")
        .with("tabindex", "0")
        .with("aria-labelledby", label);
  }

  private static List<Html> cells(Table table, String name, List<?> values) {
    List<Html> cells = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean figure = table.rows().get(0).get(i) instanceof Number;
      Object value = values.get(i);
      Html cell = Html.tag(name, value instanceof Number number ? Words.figure(number) : value);
      Html scoped = name.equals("th") ? cell.with("scope", "col") : cell;
      cells.add(figure ? scoped.with("class", "figure") : scoped);
    }
    return cells;
  }
}
