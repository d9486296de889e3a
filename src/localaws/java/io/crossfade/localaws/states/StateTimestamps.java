package io.crossfade.localaws.states;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** StateTimestamps as the context object holds them: always with three digits of milliseconds. */
final class StateTimestamps {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private StateTimestamps() {}

  static String text(Instant at) {
    return FORMAT.format(at);
  }
}
