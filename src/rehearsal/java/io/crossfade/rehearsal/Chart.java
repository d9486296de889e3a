package io.crossfade.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Draws the report's time line as SVG: requests per second of each version as lines, failures as
 * bars, the new colour's weight as a step line, and the states as a band below. Colours come from
 * the page's style sheet.
 */
final class Chart {
  private static final double WIDTH = 1080;
  private static final double LEFT = 48;
  private static final double RIGHT = WIDTH - 52;
  private static final double TOP = 14;
  private static final double BOTTOM = 300;
  private static final double BAND = 330;
  private static final double BAND_HEIGHT = 24;
  private static final double HEIGHT = 372;

  /** More points than this only make a line ragged. */
  private static final int POINTS = 120;

  private final RehearsalReport report;
  private final List<RequestInterval> points;
  private final double pointSeconds;
  private final double end;
  private final double top;

  private Chart(RehearsalReport report) {
    this.report = report;
    List<RequestInterval> series = report.visitors().series();
    int together = Math.max(1, (int) Math.ceil(series.size() / (double) POINTS));
    this.points = merged(series, together);
    this.pointSeconds = together * RequestInterval.LENGTH;
    this.end = end(series, report.timeline());
    this.top = niceAbove(points.stream().mapToDouble(this::busiest).max().orElse(0));
  }

  static String draw(RehearsalReport report) {
    return """
        <svg viewBox="0 0 %s %s" role="img" aria-label="Requests per second and weights over time">
        %s</svg>
        """
        .formatted(number(WIDTH), number(HEIGHT), content(report));
  }

  /** The chart without the element around it, {@value #WIDTH} wide and {@value #HEIGHT} high. */
  static String content(RehearsalReport report) {
    return new Chart(report).content();
  }

  private static double end(List<RequestInterval> series, List<TimelineEntry> timeline) {
    double answered = series.size() * RequestInterval.LENGTH;
    double changed = timeline.stream().mapToDouble(TimelineEntry::seconds).max().orElse(0);
    return Math.max(1, Math.max(answered, changed));
  }

  private static List<RequestInterval> merged(List<RequestInterval> series, int together) {
    List<RequestInterval> merged = new ArrayList<>();
    for (int i = 0; i < series.size(); i += together) {
      merged.add(RequestInterval.sum(series.subList(i, Math.min(i + together, series.size()))));
    }
    return merged;
  }

  private double busiest(RequestInterval point) {
    return point.versions().values().stream()
            .mapToLong(RequestInterval.Count::requests)
            .max()
            .orElse(0)
        / pointSeconds;
  }

  /** The next of 1, 2, 5, 10, 20, 50, … times four, so that four grid lines are whole numbers. */
  static double niceAbove(double value) {
    double step = 1;
    double[] factors = {2, 2.5, 2};
    for (int i = 0; step * 4 < value; i++) {
      step *= factors[i % 3];
    }
    return step * 4;
  }

  private String content() {
    return grid() + weights() + failures() + lines() + clock() + band();
  }

  private String grid() {
    StringBuilder grid = new StringBuilder();
    for (int i = 0; i <= 4; i++) {
      double y = BOTTOM - (BOTTOM - TOP) * i / 4;
      grid.append(line("grid", LEFT, y, RIGHT, y))
          .append(text("axis end", LEFT - 8, y + 4, number(top * i / 4)))
          .append(text("axis weight", RIGHT + 8, y + 4, 25 * i + " %"));
    }
    return grid.toString();
  }

  private String weights() {
    if (report.timeline().isEmpty()) {
      return "";
    }
    StringBuilder path = new StringBuilder("M" + number(startX()) + " " + number(BOTTOM));
    for (TimelineEntry entry : report.timeline()) {
      path.append("H").append(number(x(entry.seconds())));
      path.append("V").append(number(weightY(entry.weights().of(report.cast().newColour()))));
    }
    path.append("H").append(number(x(end)));
    String area = path + "V" + number(BOTTOM) + "H" + number(startX()) + "Z";
    String colour = report.cast().newColour();
    return "<path class=\"area %s\" d=\"%s\"/>\n<path class=\"step %s\" d=\"%s\"/>\n"
        .formatted(colour, area, colour, path);
  }

  private double startX() {
    return x(report.timeline().get(0).seconds());
  }

  private String lines() {
    return versions().stream()
        .map(
            version ->
                "<polyline class=\"line %s\" points=\"%s\"><title>%s</title></polyline>\n"
                    .formatted(paint(version), polyline(version), Html.escape(version)))
        .collect(Collectors.joining());
  }

  /** The last interval was cut off by the end, and would look like a drop. */
  private String polyline(String version) {
    List<RequestInterval> whole = points.size() > 2 ? points.subList(0, points.size() - 1) : points;
    return whole.stream()
        .map(point -> number(middle(point)) + "," + number(rateY(point.of(version).requests())))
        .collect(Collectors.joining(" "));
  }

  private String failures() {
    return points.stream()
        .filter(point -> failed(point) > 0)
        .map(this::failureBar)
        .collect(Collectors.joining());
  }

  private String failureBar(RequestInterval point) {
    double y = Math.min(rateY(failed(point)), BOTTOM - 4);
    double width = Math.max(2, x(pointSeconds) - x(0) - 1);
    return "<rect class=\"failed\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>\n"
        .formatted(
            number(x(point.seconds())),
            number(y),
            number(width),
            number(BOTTOM - y),
            failed(point) + " failed at " + number(point.seconds()) + " s");
  }

  private static long failed(RequestInterval point) {
    return point.versions().values().stream().mapToLong(RequestInterval.Count::failed).sum();
  }

  private String clock() {
    StringBuilder clock = new StringBuilder();
    double step = niceAbove(end / 2.5);
    for (double at = 0; at <= end; at += step / 4) {
      clock
          .append(line("tick", x(at), BOTTOM, x(at), BOTTOM + 5))
          .append(text("axis middle", x(at), BOTTOM + 20, number(at) + " s"));
    }
    return clock.toString();
  }

  private String band() {
    List<TimelineEntry> states = stateChanges();
    StringBuilder band = new StringBuilder();
    for (int i = 0; i < states.size(); i++) {
      double until = i + 1 < states.size() ? states.get(i + 1).seconds() : end;
      band.append(state(states.get(i), until, i));
    }
    return band.toString();
  }

  /** The states as they are shown: a loop is one of them. */
  private List<TimelineEntry> stateChanges() {
    List<TimelineEntry> changes = new ArrayList<>();
    String before = "";
    for (TimelineEntry entry : report.timeline()) {
      String shown = DisplayedState.of(entry.state(), before);
      if (!shown.equals(before)) {
        changes.add(new TimelineEntry(entry.time(), entry.seconds(), shown, entry.weights()));
      }
      before = shown;
    }
    return changes;
  }

  private String state(TimelineEntry entry, double until, int index) {
    double x = x(entry.seconds());
    double width = Math.max(1, x(until) - x);
    String label =
        entry.state().length() * 6.6 + 8 < width
            ? text("state", x + 5, BAND + 16, entry.state())
            : "";
    return "<g><title>%s, %s s to %s s</title><rect class=\"band %s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>%s</g>\n"
        .formatted(
            Html.escape(entry.state()),
            number(entry.seconds()),
            number(until),
            index % 2 == 0 ? "even" : "odd",
            number(x),
            number(BAND),
            number(width),
            number(BAND_HEIGHT),
            label);
  }

  private Set<String> versions() {
    return new TreeSet<>(report.visitors().versions().keySet());
  }

  /** The style class of a version: the colour that it runs on, or a neutral one. */
  private String paint(String version) {
    return ReportPage.paint(report, version);
  }

  private double x(double seconds) {
    return LEFT + (RIGHT - LEFT) * seconds / end;
  }

  private double middle(RequestInterval point) {
    return x(Math.min(end, point.seconds() + pointSeconds / 2));
  }

  private double rateY(long requests) {
    return BOTTOM - (BOTTOM - TOP) * requests / pointSeconds / top;
  }

  private static double weightY(int weight) {
    return BOTTOM - (BOTTOM - TOP) * weight / 100;
  }

  private static String line(String style, double x1, double y1, double x2, double y2) {
    return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
        .formatted(style, number(x1), number(y1), number(x2), number(y2));
  }

  private static String text(String style, double x, double y, String text) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
        .formatted(style, number(x), number(y), Html.escape(text));
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
