package io.crossfade.slack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Blocks of Block Kit, cut to its limits (Slack, Reference: blocks). */
public final class Blocks {
  private static final int HEADER = 150;
  private static final int SECTION = 3000;
  private static final int FIELD = 2000;
  private static final int CONFIRM = 300;

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

  /**
   * @param buttons 1 to 25
   */
  public static Map<String, Object> actions(String blockId, List<Map<String, Object>> buttons) {
    return Map.of("type", "actions", "block_id", blockId, "elements", buttons);
  }

  /**
   * @param value at most 2,000 characters; it comes back with the click
   * @param style {@code primary} or {@code danger}; null for neither
   * @param confirm null if no click is asked about
   */
  public static Map<String, Object> button(
      String actionId, String text, String value, String style, Map<String, Object> confirm) {
    Map<String, Object> button = new LinkedHashMap<>();
    button.put("type", "button");
    button.put("action_id", actionId);
    button.put("text", plain(text));
    button.put("value", value);
    if (style != null) {
      button.put("style", style);
    }
    if (confirm != null) {
      button.put("confirm", confirm);
    }
    return button;
  }

  /** Asks whoever clicks, before anything is sent. */
  public static Map<String, Object> confirm(String title, String text) {
    return Map.of(
        "title", plain(title),
        "text", plain(Mrkdwn.cut(text, CONFIRM)),
        "confirm", plain("Yes"),
        "deny", plain("Back"));
  }

  public static Map<String, Object> plain(String text) {
    return Map.of("type", "plain_text", "text", text);
  }

  private static Map<String, Object> mrkdwn(String text, int most) {
    return Map.of("type", "mrkdwn", "text", Mrkdwn.cut(text, most));
  }
}
