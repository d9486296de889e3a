package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * What blocks are made of: texts, buttons and confirmation dialogs
 * (https://docs.slack.dev/reference/block-kit/composition-objects,
 * https://docs.slack.dev/reference/block-kit/block-elements/button-element).
 */
final class BlockElements {
  static final int MAX_TEXT = 3000;
  private static final List<String> STYLES = List.of("primary", "danger");
  private static final Set<String> BUTTON =
      Set.of(
          "type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label");
  private static final Set<String> CONFIRM = Set.of("title", "text", "confirm", "deny", "style");

  private BlockElements() {}

  /** A text object of either type, or, where mrkdwn is not legal, of plain_text only. */
  static void text(
      BlockProblems problems, String pointer, JsonNode text, int most, boolean mrkdwn) {
    String type = text.path("type").asText();
    if (type.equals("plain_text")) {
      problems.only(pointer, text, Set.of("type", "text", "emoji"));
      problems.flag(pointer, text, "emoji");
    } else if (type.equals("mrkdwn") && mrkdwn) {
      problems.only(pointer, text, Set.of("type", "text", "verbatim"));
      problems.flag(pointer, text, "verbatim");
    } else {
      problems.add(pointer + "/type", "must be a valid text type, found " + type);
      return;
    }
    problems.text(pointer, text, "text", most, true);
  }

  static void plain(
      BlockProblems problems, String pointer, JsonNode parent, String field, int most) {
    if (parent.has(field)) {
      text(problems, pointer + "/" + field, parent.get(field), most, false);
    } else {
      problems.add(pointer, "missing required field: " + field);
    }
  }

  static void button(BlockProblems problems, String pointer, JsonNode button) {
    if (!button.path("type").asText().equals("button")) {
      problems.add(pointer + "/type", "unsupported type: " + button.path("type").asText());
      return;
    }
    problems.only(pointer, button, BUTTON);
    plain(problems, pointer, button, "text", 75);
    problems.text(pointer, button, "action_id", 255, false);
    problems.text(pointer, button, "value", 2000, false);
    problems.text(pointer, button, "url", 3000, false);
    problems.text(pointer, button, "accessibility_label", 75, false);
    problems.oneOf(pointer, button, "style", STYLES);
    if (button.has("confirm")) {
      confirm(problems, pointer + "/confirm", button.get("confirm"));
    }
  }

  /** All texts are plain_text: the reference allows nothing else. */
  private static void confirm(BlockProblems problems, String pointer, JsonNode confirm) {
    if (!confirm.isObject()) {
      problems.add(pointer, "must be an object");
      return;
    }
    problems.only(pointer, confirm, CONFIRM);
    plain(problems, pointer, confirm, "title", 100);
    plain(problems, pointer, confirm, "text", 300);
    plain(problems, pointer, confirm, "confirm", 30);
    plain(problems, pointer, confirm, "deny", 30);
    problems.oneOf(pointer, confirm, "style", STYLES);
  }
}
