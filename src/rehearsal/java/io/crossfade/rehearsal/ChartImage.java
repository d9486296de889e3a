package io.crossfade.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The report's chart as one SVG file that needs nothing else: with a heading, a legend, a
 * description for screen readers, and colours for light and dark. The colours are plain, without
 * variables, so that simple viewers show them too.
 */
public final class ChartImage {
  private static final int WIDTH = 1080;
  private static final int HEIGHT = 458;
  private static final int CHART_TOP = 86;
  private static final double LETTER = 6.4;

  private static final String STYLE =
      """
      text { font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #667084 }
      .card { fill: #fff; stroke: #e1e5eb }
      .grid, .tick { stroke: #e1e5eb }
      .end { text-anchor: end } .middle { text-anchor: middle }
      .heading { font-size: 16px; font-weight: 600; fill: #1c2430 }
      .state { font-size: 11px; fill: #1c2430 }
      .line { fill: none; stroke-width: 2; stroke-linejoin: round } .line.other { stroke-width: 1.3 }
      .step { fill: none; stroke-width: 1.5; stroke-dasharray: 5 3 }
      .line.blue, .step.blue { stroke: #2563c9 } .line.green, .step.green { stroke: #178a4c }
      .line.other { stroke: #8b93a1 } .line.fault { stroke: #cf2f36 }
      .area { fill-opacity: .1 } .area.blue { fill: #2563c9 } .area.green { fill: #178a4c }
      .failed { fill: #cf2f36 }
      .band { fill: #e1e5eb; stroke: #fff } .band.odd { fill-opacity: .55 }
      @media (prefers-color-scheme: dark) {
        text { fill: #98a2b3 } .heading, .state { fill: #e4e8ee }
        .card { fill: #1a2028; stroke: #2c3542 }
        .grid, .tick { stroke: #2c3542 }
        .line.blue, .step.blue { stroke: #6ea3ff } .line.green, .step.green { stroke: #4cc982 }
        .line.other { stroke: #7d8797 } .line.fault { stroke: #ff6b70 }
        .area.blue { fill: #6ea3ff } .area.green { fill: #4cc982 }
        .failed { fill: #ff6b70 }
        .band { fill: #2c3542; stroke: #1a2028 }
      }
      """;

  private ChartImage() {}

  public static void write(RehearsalReport report, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, render(report));
  }

  static String render(RehearsalReport report) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title description">
        <title id="title">Requests per second of each version, and the weight of the new version, during a rehearsal</title>
        <desc id="description">%s</desc>
        <style>
        %s</style>
        <rect class="card" x=".5" y=".5" width="%d" height="%d" rx="10"/>
        <text class="heading" x="20" y="30">%s</text>
        %s<text x="20" y="82">requests per second</text>
        <g transform="translate(0 %d)">
        %s</g>
        </svg>
        """
        .formatted(
            WIDTH,
            HEIGHT,
            Html.escape(description(report)),
            STYLE,
            WIDTH - 1,
            HEIGHT - 1,
            Html.escape(heading(report)),
            legend(report),
            CHART_TOP,
            Chart.content(report));
  }

  private static String heading(RehearsalReport report) {
    VisitorsReport visitors = report.visitors();
    return String.format(
        Locale.ROOT,
        "Rehearsal of the scenario %s: %s. %,d requests, %,d failed; %,d orders, %,d lost",
        report.options().scenario().label(),
        report.ending().outcome(),
        visitors.requests(),
        visitors.failed(),
        visitors.acknowledged(),
        visitors.lost());
  }

  private static String description(RehearsalReport report) {
    return "%s. The weight of the new version in percent was %s. %s"
        .formatted(
            heading(report),
            report.ending().weights().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ")),
            report.ending().reason());
  }

  private static String legend(RehearsalReport report) {
    StringBuilder legend = new StringBuilder();
    double x = 20;
    for (Key key : keys(report)) {
      legend.append(key.at(x));
      x += 26 + key.text().length() * LETTER + 18;
    }
    return legend.toString();
  }

  private static List<Key> keys(RehearsalReport report) {
    String colour = report.cast().newColour();
    List<Key> keys = new ArrayList<>();
    for (String version : report.visitors().versions().keySet()) {
      keys.add(new Key("line", ReportPage.paint(report, version), named(report, version)));
    }
    keys.add(new Key("step", colour, "weight of the new version (right)"));
    keys.add(new Key("failed", "", "failed requests"));
    keys.add(new Key("band", "", "states"));
    return keys;
  }

  private static String named(RehearsalReport report, String version) {
    if (version.equals(report.cast().newVersion())) {
      return version + " (new version)";
    }
    return version.equals(report.cast().oldVersion()) ? version + " (old version)" : version;
  }

  /** An entry of the legend: a line for what is drawn as a line, else a box. */
  private record Key(String style, String paint, String text) {
    String at(double x) {
      String sample =
          style.equals("line") || style.equals("step")
              ? "<path class=\"%s %s\" d=\"M%s 52h20\"/>".formatted(style, paint, Chart.number(x))
              : "<rect class=\"%s\" x=\"%s\" y=\"47\" width=\"10\" height=\"10\"/>"
                  .formatted(style, Chart.number(x + 5));
      return sample
          + "<text x=\"%s\" y=\"56\">%s</text>\n"
              .formatted(Chart.number(x + 26), Html.escape(text));
    }
  }
}
