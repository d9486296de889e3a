package io.crossfade.localaws.wire;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.ISO_INSTANT;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** WireTimestamps as AWS writes them, to the millisecond. */
final class WireTimestamps {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private WireTimestamps() {}

  static BigDecimal epochSeconds(Instant at) {
    BigDecimal seconds = BigDecimal.valueOf(at.toEpochMilli(), 3).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  static Instant fromEpochSeconds(BigDecimal seconds) {
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
  }

  static String text(Instant at, Format format) {
    Instant whole = at.truncatedTo(ChronoUnit.MILLIS);
    return switch (format) {
      case ISO_8601 -> ISO_INSTANT.format(whole);
      case RFC_822 -> HTTP_DATE.format(whole.atOffset(UTC));
      case UNIX_TIMESTAMP -> epochSeconds(at).toPlainString();
      case UNIX_TIMESTAMP_MILLIS -> Long.toString(at.toEpochMilli());
    };
  }

  static Instant parse(String text, Format format) {
    try {
      return switch (format) {
        case ISO_8601 -> OffsetDateTime.parse(text, ISO_OFFSET_DATE_TIME).toInstant();
        case RFC_822 -> ZonedDateTime.parse(text, RFC_1123_DATE_TIME).toInstant();
        case UNIX_TIMESTAMP -> fromEpochSeconds(new BigDecimal(text));
        case UNIX_TIMESTAMP_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
      };
    } catch (DateTimeException | NumberFormatException e) {
      throw ProtocolError.malformed("not a timestamp: " + text);
    }
  }
}
