package io.crossfade.slack;

import io.crossfade.release.ShortText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Slack's own markup (Slack, Formatting text for app surfaces). */
public final class Mrkdwn {
  private Mrkdwn() {}

  /** Nobody's name, commit or alarm becomes a link, a mention or a channel-wide alert. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A moment in the reader's own time zone; in UTC where it cannot be shown so. */
  public static String time(Instant at) {
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    return "<!date^%d^{date_short_pretty} {time_secs}|%s>"
        .formatted(second.getEpochSecond(), second);
  }

  public static String cut(String text, int most) {
    return text.length() <= most ? text : ShortText.beginning(text, most - 1) + "…";
  }
}
