package io.crossfade.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Blocks of Block Kit, cut to its limits (Slack, Reference: blocks). */
public final class Blocks {
  private static final int HEADER = 150;
  private static final int SECTION = 3000;
  private static final int FIELD = 2000;

  private Blocks() {}

  public static Map<String, Object> header(String text) {
    return Map.of("type", "header", "text", plain(Mrkdwn.cut(text, HEADER)));
  }

  public static Map<String, Object> section(String mrkdwn) {
    return Map.of("type", "section", "text", mrkdwn(mrkdwn, SECTION));
  }

  public static Map<String, Object> context(String mrkdwn) {
    return Map.of("type", "context", "elements", List.of(mrkdwn(mrkdwn, FIELD)));
  }

  /** At most ten. */
  public static Map<String, Object> fields(Map<String, String> facts) {
    List<Map<String, Object>> fields = new ArrayList<>();
    facts.forEach((name, value) -> fields.add(mrkdwn("*" + name + "*\n" + value, FIELD)));
    return Map.of("type", "section", "fields", fields);
  }

  public static Map<String, Object> plain(String text) {
    return Map.of("type", "plain_text", "text", text);
  }

  private static Map<String, Object> mrkdwn(String text, int most) {
    return Map.of("type", "mrkdwn", "text", Mrkdwn.cut(text, most));
  }
}
