package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.sdk.Arns;
import java.util.List;
import java.util.Set;

/**
 * The rules for a message's blocks (https://docs.slack.dev/reference/block-kit/blocks). Sections,
 * headers, dividers, contexts and actions with buttons; any other block or element is refused, as
 * is any field that the reference does not have.
 */
public final class BlockKit {
  static final int MAX_BLOCKS = 50;

  private BlockKit() {}

  /** The problems that Slack would report; empty for valid blocks. */
  public static List<String> problems(JsonNode blocks) {
    BlockProblems problems = new BlockProblems();
    if (!blocks.isArray()) {
      problems.add("/blocks", "must be an array");
      return problems.found();
    }
    if (blocks.size() > MAX_BLOCKS) {
      problems.add("/blocks", "no more than " + MAX_BLOCKS + " items allowed");
    }
    for (int i = 0; i < blocks.size(); i++) {
      block(problems, "/blocks/" + i, blocks.get(i));
    }
    problems.unique("/blocks", blocks, "block_id");
    return problems.found();
  }

  private static void block(BlockProblems problems, String pointer, JsonNode block) {
    problems.text(pointer, block, "block_id", 255, false);
    String type = block.path("type").asText();
    switch (type) {
      case "section" -> section(problems, pointer, block);
      case "header" -> {
        problems.only(pointer, block, Set.of("type", "block_id", "text"));
        BlockElements.plain(problems, pointer, block, "text", 150);
      }
      case "divider" -> problems.only(pointer, block, Set.of("type", "block_id"));
      case "context" -> context(problems, pointer, block);
      case "actions" -> actions(problems, pointer, block);
      default -> problems.add(pointer + "/type", "unsupported type: " + type);
    }
  }

  private static void section(BlockProblems problems, String pointer, JsonNode block) {
    problems.only(
        pointer, block, Set.of("type", "block_id", "text", "fields", "accessory", "expand"));
    problems.flag(pointer, block, "expand");
    if (!block.has("text") && !block.has("fields")) {
      problems.add(pointer, "must define either `text` or `fields`");
    }
    if (block.has("text")) {
      BlockElements.text(
          problems, pointer + "/text", block.get("text"), BlockElements.MAX_TEXT, true);
    }
    if (block.has("fields") && problems.items(pointer, block, "fields", 10)) {
      texts(problems, pointer + "/fields", block.get("fields"), 2000);
    }
    if (block.has("accessory")) {
      BlockElements.button(problems, pointer + "/accessory", block.get("accessory"));
    }
  }

  private static void context(BlockProblems problems, String pointer, JsonNode block) {
    problems.only(pointer, block, Set.of("type", "block_id", "elements"));
    if (problems.items(pointer, block, "elements", 10)) {
      texts(problems, pointer + "/elements", block.get("elements"), BlockElements.MAX_TEXT);
    }
  }

  private static void texts(BlockProblems problems, String pointer, JsonNode texts, int most) {
    for (int i = 0; i < texts.size(); i++) {
      BlockElements.text(problems, pointer + "/" + i, texts.get(i), most, true);
    }
  }

  private static void actions(BlockProblems problems, String pointer, JsonNode block) {
    problems.only(pointer, block, Set.of("type", "block_id", "elements"));
    if (problems.items(pointer, block, "elements", 25)) {
      JsonNode elements = block.get("elements");
      for (int i = 0; i < elements.size(); i++) {
        BlockElements.button(problems, pointer + "/elements/" + i, elements.get(i));
      }
      problems.unique(pointer + "/elements", elements, "action_id");
    }
  }

  /**
   * The blocks as Slack gives them back: ids that were left out are made up, defaults filled in.
   */
  static ArrayNode completed(ArrayNode blocks) {
    ArrayNode completed = blocks.deepCopy();
    completed.forEach(block -> idIfAbsent(block, "block_id"));
    completed.forEach(BlockKit::complete);
    return completed;
  }

  private static void complete(JsonNode node) {
    switch (node.path("type").asText()) {
      case "plain_text" -> flagIfAbsent(node, "emoji", true);
      case "mrkdwn" -> flagIfAbsent(node, "verbatim", false);
      case "button" -> idIfAbsent(node, "action_id");
      default -> {
        // A block or a dialog: its texts and buttons are among its children.
      }
    }
    node.forEach(BlockKit::complete);
  }

  private static void idIfAbsent(JsonNode node, String field) {
    if (!node.has(field)) {
      ((ObjectNode) node).put(field, Arns.hex(5));
    }
  }

  private static void flagIfAbsent(JsonNode node, String field, boolean value) {
    if (!node.has(field)) {
      ((ObjectNode) node).put(field, value);
    }
  }

  /** The button of an action, with its block's id; null if there is none. */
  static Button button(JsonNode blocks, String actionId) {
    for (JsonNode block : blocks) {
      for (JsonNode parent : block.findParents("action_id")) {
        if (parent.get("action_id").asText().equals(actionId)) {
          return new Button(block.path("block_id").asText(), parent);
        }
      }
    }
    return null;
  }

  /** A button where it stands. */
  record Button(String blockId, JsonNode element) {}
}
