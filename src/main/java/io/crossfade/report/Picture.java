package io.crossfade.report;

import io.crossfade.report.ReleaseReport.Role;
import io.crossfade.report.ReleaseReport.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A release over time as SVG: a legend; requests per minute of each version as lines, failures as
 * bars and the new version's weight as an area; the weights in words; healthy targets; and a lane
 * for each alarm that changed its state.
 */
public final class Picture {
  /** Colours are plain, without variables, so that simple viewers show them too. */
  static final String STYLE =
      """
      svg text { font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #5a6475 }
      svg .card { fill: #fff; stroke: #e1e5eb }
      svg .grid { stroke: #e1e5eb }
      svg .end { text-anchor: end } svg .middle { text-anchor: middle }
      svg .heading { font-size: 15px; font-weight: 600; fill: #1c2430 }
      svg .said { fill: #1c2430 }
      svg .line { fill: none; stroke-width: 2; stroke-linejoin: round }
      svg .line.stable { stroke-dasharray: 7 3 } svg .line.other { stroke-width: 1.3; stroke-dasharray: 2 3 }
      svg .line.blue { stroke: #2563c9 } svg .line.green { stroke: #178a4c }
      svg .line.other { stroke: #767f8d } svg .line.balancer { stroke: #cf2f36; stroke-width: 1.3 }
      svg .area { fill-opacity: .14; stroke-opacity: .5; stroke-width: 1 }
      svg .area.blue { fill: #2563c9; stroke: #2563c9 } svg .area.green { fill: #178a4c; stroke: #178a4c }
      svg .failed, svg .alarm { fill: #cf2f36 }
      svg .stage { fill: #e1e5eb; stroke: #fff } svg .stage.odd { fill: #eff1f4 }
      svg .ok { fill: #a9d9bd } svg .unknown { fill: #c9ced6 }
      @media (prefers-color-scheme: dark) {
        svg text { fill: #a3adbd } svg .heading, svg .said { fill: #e4e8ee }
        svg .card { fill: #1a2028; stroke: #2c3542 }
        svg .grid { stroke: #2c3542 }
        svg .line.blue { stroke: #6ea3ff } svg .line.green { stroke: #4cc982 }
        svg .line.other { stroke: #8b95a5 } svg .line.balancer { stroke: #ff6b70 }
        svg .area.blue { fill: #6ea3ff; stroke: #6ea3ff } svg .area.green { fill: #4cc982; stroke: #4cc982 }
        svg .failed, svg .alarm { fill: #ff6b70 }
        svg .stage { fill: #2c3542; stroke: #1a2028 } svg .stage.odd { fill: #222a35 }
        svg .ok { fill: #2c6b47 } svg .unknown { fill: #4a5463 }
      }
      """;

  /** For a window of a computer, and for one of a phone. */
  static final int WIDE = 1040;

  static final int NARROW = 340;

  private static final double LETTER = 6.6;
  private static final double LANE = 30;

  /** More points than this only make a line ragged. */
  private static final int POINTS = 150;

  private static final int MAX_LANES = 12;
  private static final List<Long> TICKS =
      Stream.of(5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200)
          .map(Long::valueOf)
          .toList();

  private final ReleaseReport report;
  private final double width;
  private final double left;
  private final double right;
  private final Instant begin;
  private final double seconds;
  private final List<Samples.Requests> requests;
  private final double interval;
  private final List<Html> drawn = new ArrayList<>();
  private double y;

  private Picture(ReleaseReport report, double width, double top) {
    this.report = report;
    this.width = width;
    this.left = 44;
    this.right = width - 44;
    this.y = top;
    Samples samples = report.samples();
    int together = Math.max(1, (int) Math.ceil(samples.requests().size() / (double) POINTS));
    this.interval = samples.intervalSeconds() * together;
    this.requests = merged(samples.requests(), together);
    this.begin = begin(report);
    this.seconds = Math.max(1, secondsAt(end(report)));
  }

  /**
   * The picture as a file of its own, with a heading, a description and colours for light and dark.
   */
  public static String file(ReleaseReport report) {
    Picture picture = new Picture(report, WIDE, 52);
    picture.draw();
    String heading = "%s: %s".formatted(report.title(), report.outcome());
    Html svg =
        picture
            .svg(
                Html.tag("title", heading).with("id", "title"),
                Html.tag("desc", description(report)).with("id", "description"),
                new Html("style", "", STYLE),
                Html.tag("rect")
                    .with("class", "card")
                    .with("x", ".5")
                    .with("y", ".5")
                    .with("width", number(WIDE - 1))
                    .with("height", number(picture.y - 1))
                    .with("rx", "10"),
                text("heading", 20, 32, heading))
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("aria-labelledby", "title description");
    return svg.markup() + "\n";
  }

  /**
   * @param width in pixels
   */
  static Html of(ReleaseReport report, int width) {
    Picture picture = new Picture(report, width, 4);
    picture.draw();
    return picture.svg().with("aria-label", description(report));
  }

  /** The picture in words. The page's list of steps has all of its figures. */
  static String description(ReleaseReport report) {
    String weights =
        Stage.of(report).stream()
            .map(stage -> stage.canary() + " %")
            .collect(Collectors.joining(", "));
    return "Requests per minute of each version, the weight of the new version, healthy targets and"
        + " alarms over %s. The weight was %s."
            .formatted(Words.duration(report.begun(), report.ended()), weights);
  }

  private Html svg(Html... before) {
    return Html.tag("svg", Html.all((Object[]) before), Html.all(drawn))
        .with("viewBox", "0 0 %s %s".formatted(number(width), number(y)))
        .with("role", "img");
  }

  private void draw() {
    legend();
    traffic();
    stages();
    health();
    alarms();
    clock();
  }

  private void legend() {
    List<Html> entries = new ArrayList<>();
    double x = left;
    y += 14;
    for (Key key : keys()) {
      double needed = 28 + key.text().length() * LETTER + 16;
      if (x > left && x + needed > width) {
        x = left;
        y += 18;
      }
      entries.add(key.at(x, y));
      x += needed;
    }
    drawn.addAll(entries);
    y += 14;
  }

  private List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    for (Version version : report.versions()) {
      keys.add(new Key("line " + paint(version), version.name() + role(version.role())));
    }
    if (!report.samples().weights().isEmpty()) {
      keys.add(new Key("area " + canaryColour(), "weight of the new version"));
    }
    if (requests.stream().anyMatch(sample -> failed(sample) > 0)) {
      keys.add(new Key("failed", "failed requests"));
    }
    return keys;
  }

  private static String role(Role role) {
    return switch (role) {
      case CANARY -> " (new version)";
      case STABLE -> " (old version)";
      case OTHER, BALANCER -> "";
    };
  }

  private void traffic() {
    drawn.add(text("said", left - 40, y + 12, "requests per minute"));
    drawn.add(text("said end", width - 2, y + 12, "weight"));
    double top = y + 26;
    double bottom = top + (width > 600 ? 220 : 150);
    double most = requests.stream().mapToDouble(this::busiest).max().orElse(0);
    double limit = niceAbove(most);
    for (int i = 0; i <= 4; i++) {
      double level = bottom - (bottom - top) * i / 4;
      drawn.add(line(left, level, right, level));
      drawn.add(text("end", left - 6, level + 4, number(limit * i / 4)));
      drawn.add(text("begin", right + 6, level + 4, 25 * i + " %"));
    }
    weights(top, bottom);
    for (Version version : report.versions()) {
      requestLine(version, top, bottom, limit);
    }
    failures(top, bottom, limit);
    y = bottom + 10;
  }

  private void weights(double top, double bottom) {
    List<Samples.Weight> weights = report.samples().weights();
    if (weights.isEmpty()) {
      return;
    }
    StringBuilder path = new StringBuilder("M%s %s".formatted(number(left), number(bottom)));
    for (Samples.Weight weight : weights) {
      double level = bottom - (bottom - top) * weight.canary() / 100;
      path.append("H").append(number(x(weight.at()))).append("V").append(number(level));
    }
    path.append("H%sV%sZ".formatted(number(right), number(bottom)));
    drawn.add(Html.tag("path").with("class", "area " + canaryColour()).with("d", path));
  }

  /** A minute without a figure is a gap, which is not 0. */
  private void requestLine(Version version, double top, double bottom, double limit) {
    StringBuilder path = new StringBuilder();
    boolean gap = true;
    for (Samples.Requests sample : requests) {
      Samples.Count count = sample.versions().get(version.name());
      if (count != null) {
        double level = bottom - (bottom - top) * perMinute(count.requests()) / limit;
        path.append(gap ? "M" : "L")
            .append(number(middle(sample)))
            .append(" ")
            .append(number(level));
      }
      gap = count == null;
    }
    if (path.length() > 0) {
      drawn.add(
          Html.tag("path", Html.tag("title", version.name()))
              .with("class", "line " + paint(version))
              .with("d", path));
    }
  }

  private void failures(double top, double bottom, double limit) {
    double wide = Math.max(2, (right - left) * interval / seconds - 1);
    for (Samples.Requests sample : requests) {
      if (failed(sample) > 0) {
        double height = Math.max(4, (bottom - top) * perMinute(failed(sample)) / limit);
        Html title =
            Html.tag("title", "%d failed from %s on".formatted(failed(sample), sample.at()));
        drawn.add(rectangle("failed", x(sample.at()), bottom - height, wide, height, title));
      }
    }
  }

  private void stages() {
    List<Stage> stages = Stage.of(report);
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      double from = x(stage.from());
      double wide = Math.max(1, x(stage.to()) - from);
      String words = stage.canary() + " %";
      drawn.add(
          rectangle(
              i % 2 == 0 ? "stage" : "stage odd",
              from,
              y,
              wide,
              20,
              Html.tag("title", words + " from " + stage.from() + " on")));
      if (words.length() * LETTER + 4 < wide) {
        drawn.add(text("said middle", from + wide / 2, y + 14, words));
      }
    }
    y += 32;
  }

  private void health() {
    List<Samples.Health> seen = report.samples().health();
    if (seen.isEmpty()) {
      return;
    }
    drawn.add(text("said", left - 40, y + 12, "healthy targets"));
    double top = y + 24;
    double bottom = top + 56;
    int most = Math.max(1, seen.stream().mapToInt(Samples.Health::healthy).max().orElse(1));
    drawn.add(line(left, top, right, top));
    drawn.add(line(left, bottom, right, bottom));
    drawn.add(text("end", left - 6, top + 4, number(most)));
    drawn.add(text("end", left - 6, bottom + 4, "0"));
    for (Version version : report.versions()) {
      healthLine(version, top, bottom, most);
    }
    y = bottom + 14;
  }

  private void healthLine(Version version, double top, double bottom, int most) {
    StringBuilder path = new StringBuilder();
    int before = -1;
    for (Samples.Health health : report.samples().health()) {
      if (health.version().equals(version.name()) && health.healthy() != before) {
        String level = number(bottom - (bottom - top) * health.healthy() / most);
        String at = number(x(health.at()));
        path.append(before < 0 ? "M%s %s".formatted(at, level) : "H%sV%s".formatted(at, level));
        before = health.healthy();
      }
    }
    if (!path.isEmpty()) {
      drawn.add(
          Html.tag("path", Html.tag("title", version.name()))
              .with("class", "line " + paint(version))
              .with("d", path.append("H").append(number(right))));
    }
  }

  private void alarms() {
    Map<String, List<Samples.AlarmState>> lanes =
        report.samples().alarms().stream()
            .collect(
                Collectors.groupingBy(
                    Samples.AlarmState::alarm, java.util.LinkedHashMap::new, Collectors.toList()));
    lanes.entrySet().stream().limit(MAX_LANES).forEach(e -> alarm(e.getKey(), e.getValue()));
  }

  private void alarm(String name, List<Samples.AlarmState> states) {
    drawn.add(text("said", left - 40, y + 12, shortened(name)));
    for (int i = 0; i < states.size(); i++) {
      Samples.AlarmState state = states.get(i);
      double from = x(state.at());
      double until = i + 1 < states.size() ? x(states.get(i + 1).at()) : right;
      Html title = Html.tag("title", "%s from %s on".formatted(state.state(), state.at()));
      drawn.add(rectangle(style(state), from, y + 17, Math.max(1, until - from), 8, title));
    }
    y += LANE + 4;
  }

  private String shortened(String name) {
    int most = (int) (width / LETTER) - 2;
    return name.length() <= most ? name : name.substring(0, most - 1) + "…";
  }

  private static String style(Samples.AlarmState state) {
    return switch (state.state()) {
      case "OK" -> "ok";
      case "ALARM" -> "alarm";
      default -> "unknown";
    };
  }

  /** Since the beginning, in the largest unit that fits. */
  private void clock() {
    long most = width > 600 ? 9 : 4;
    long step =
        TICKS.stream()
            .filter(tick -> seconds / tick <= most)
            .findFirst()
            .orElse(86_400 * (long) Math.ceil(seconds / 86_400 / most));
    for (long at = 0; at <= seconds; at += step) {
      double x = left + (right - left) * at / seconds;
      drawn.add(line(x, y, x, y + 5));
      drawn.add(text("middle", x, y + 20, elapsed(at, step)));
    }
    y += 28;
  }

  private static String elapsed(long seconds, long step) {
    if (step % 3600 == 0) {
      return seconds / 3600 + " h";
    }
    return step % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  private static List<Samples.Requests> merged(List<Samples.Requests> all, int together) {
    List<Samples.Requests> merged = new ArrayList<>();
    for (int i = 0; i < all.size(); i += together) {
      List<Samples.Requests> part = all.subList(i, Math.min(i + together, all.size()));
      Map<String, Samples.Count> sum =
          part.stream()
              .flatMap(sample -> sample.versions().entrySet().stream())
              .collect(
                  Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Samples.Count::plus));
      merged.add(new Samples.Requests(part.get(0).at(), sum));
    }
    return merged;
  }

  private static Instant begin(ReleaseReport report) {
    return Stream.concat(
            Stream.of(report.begun()),
            report.samples().requests().stream().map(Samples.Requests::at))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private static Instant end(ReleaseReport report) {
    Samples samples = report.samples();
    return Stream.of(
            Stream.of(report.ended()),
            samples.requests().stream().map(Samples.Requests::at),
            samples.weights().stream().map(Samples.Weight::at),
            samples.health().stream().map(Samples.Health::at),
            samples.alarms().stream().map(Samples.AlarmState::at))
        .flatMap(times -> times)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private double busiest(Samples.Requests sample) {
    return sample.versions().values().stream()
        .mapToDouble(count -> perMinute(count.requests()))
        .max()
        .orElse(0);
  }

  private double perMinute(long requests) {
    return requests * 60 / interval;
  }

  private static long failed(Samples.Requests sample) {
    return sample.versions().values().stream().mapToLong(Samples.Count::failed).sum();
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

  private String canaryColour() {
    return report.versions().stream()
        .filter(version -> version.role() == Role.CANARY && version.colour() != null)
        .map(version -> version.colour().label())
        .findFirst()
        .orElse("green");
  }

  private static String paint(Version version) {
    String role = version.role().name().toLowerCase(Locale.ROOT);
    return version.colour() == null ? role : role + " " + version.colour().label();
  }

  private double secondsAt(Instant at) {
    return Duration.between(begin, at).toMillis() / 1e3;
  }

  /** Within the frame, whatever a clock said. */
  private double x(Instant at) {
    double share = Math.max(0, Math.min(1, secondsAt(at) / seconds));
    return left + (right - left) * share;
  }

  private double middle(Samples.Requests sample) {
    double x = x(sample.at()) + (right - left) * interval / seconds / 2;
    return Math.min(right, x);
  }

  private static Html line(double x1, double y1, double x2, double y2) {
    return Html.tag("line")
        .with("class", "grid")
        .with("x1", number(x1))
        .with("y1", number(y1))
        .with("x2", number(x2))
        .with("y2", number(y2));
  }

  private static Html text(String style, double x, double y, String text) {
    return Html.tag("text", text).with("class", style).with("x", number(x)).with("y", number(y));
  }

  private static Html rectangle(
      String style, double x, double y, double width, double height, Html title) {
    return Html.tag("rect", title)
        .with("class", style)
        .with("x", number(x))
        .with("y", number(y))
        .with("width", number(width))
        .with("height", number(height));
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** An entry of the legend: a line for what is drawn as a line, else a box. */
  private record Key(String style, String text) {
    Html at(double x, double y) {
      Html sample =
          style.startsWith("line")
              ? Html.tag("path")
                  .with("class", style)
                  .with("d", "M%s %sh22".formatted(number(x), number(y - 4)))
              : rectangle(style, x + 6, y - 9, 10, 10, Html.NONE);
      return Html.all(sample, Picture.text("said", x + 28, y, text));
    }
  }
}
