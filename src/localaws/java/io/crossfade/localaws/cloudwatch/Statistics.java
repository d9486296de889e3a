package io.crossfade.localaws.cloudwatch;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One figure from many. */
final class Statistics {
  private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{1,2}(\\.[0-9]+)?|100)");

  private Statistics() {}

  /** Throws, by name, for a statistic that is not emulated. */
  static void check(String statistic) {
    of(List.of(), statistic);
  }

  /** Empty if there are no data: then there is no figure, which is not 0. */
  static OptionalDouble of(List<MetricDatapoint> data, String statistic) {
    Matcher percentile = PERCENTILE.matcher(statistic);
    if (percentile.matches()) {
      return percentile(data, Double.parseDouble(percentile.group(1)));
    }
    double sum = data.stream().mapToDouble(MetricDatapoint::sum).sum();
    double count = data.stream().mapToDouble(MetricDatapoint::count).sum();
    double figure =
        switch (statistic) {
          case "Sum" -> sum;
          case "SampleCount" -> count;
          case "Average" -> sum / count;
          case "Minimum" -> data.stream().mapToDouble(MetricDatapoint::min).min().orElse(0);
          case "Maximum" -> data.stream().mapToDouble(MetricDatapoint::max).max().orElse(0);
          default ->
              throw new UnsupportedOperationException("not emulated: statistic " + statistic);
        };
    return data.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(figure);
  }

  private static OptionalDouble percentile(List<MetricDatapoint> data, double percent) {
    double[] values =
        data.stream()
            .flatMap(datum -> datum.values().stream())
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    if (values.length == 0) {
      if (!data.isEmpty()) {
        throw new UnsupportedOperationException("not emulated: a percentile of a counter");
      }
      return OptionalDouble.empty();
    }
    int rank = (int) Math.ceil(percent / 100 * values.length);
    return OptionalDouble.of(values[Math.max(0, rank - 1)]);
  }
}
