package io.crossfade.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Figures and times as a person reads them. */
public final class Words {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  static Html clock(Instant at) {
    return Html.tag("time", CLOCK.format(at)).with("datetime", at);
  }

  static Html date(Instant at) {
    return Html.tag("time", DATE.format(at)).with("datetime", at.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Such as {@code 1 h 5 min}, {@code 2 min 3 s}, {@code 2 min} or {@code 0 s}. */
  public static String duration(Instant from, Instant to) {
    Duration length = Duration.between(from, to);
    long minutes = length.toMinutes();
    if (minutes >= 60) {
      return both(length.toHours(), "h", length.toMinutesPart(), "min");
    }
    return minutes > 0
        ? both(minutes, "min", length.toSecondsPart(), "s")
        : "%d s".formatted(length.toSeconds());
  }

  private static String both(long whole, String unit, long part, String lesser) {
    return part == 0
        ? "%d %s".formatted(whole, unit)
        : "%d %s %d %s".formatted(whole, unit, part, lesser);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Whole numbers in groups of three digits, others with one digit after the point. */
  static String figure(Number value) {
    return value instanceof Double || value instanceof Float
        ? String.format(Locale.ROOT, "%,.1f", value.doubleValue())
        : count(value.longValue());
  }

  static String requests(Samples.Count count) {
    String requests =
        "%s requests, %s failed".formatted(count(count.requests()), count(count.failed()));
    return count.requests() == 0
        ? requests
        : requests
            + String.format(Locale.ROOT, " (%.2f %%)", 100.0 * count.failed() / count.requests());
  }
}
