package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/** The content of a message: the fallback text and the blocks, checked and completed. */
record MessageContent(String text, ArrayNode blocks) {
  /** https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
  static final int MAX_POST = 40_000;

  /** https://docs.slack.dev/reference/methods/chat.update#errors */
  static final int MAX_UPDATE = 4_000;

  /**
   * @throws SlackError for the first rule that it breaks. A message without a text is refused even
   *     if it has blocks: Slack would take it, but a notification would say nothing.
   */
  static MessageContent from(JsonNode message, int longest) {
    JsonNode blocks = message.path("blocks");
    if (!blocks.isMissingNode() && !blocks.isArray()) {
      throw new SlackError("invalid_blocks_format");
    }
    String text = message.path("text").asText("");
    if (text.isBlank()) {
      throw new SlackError("no_text");
    }
    if (text.length() > longest) {
      throw new SlackError("msg_too_long");
    }
    List<String> problems = blocks.isArray() ? BlockKit.problems(blocks) : List.of();
    if (!problems.isEmpty()) {
      throw new SlackError("invalid_blocks", problems);
    }
    ArrayNode given = blocks.isArray() ? (ArrayNode) blocks : SlackJson.MAPPER.createArrayNode();
    return new MessageContent(text, BlockKit.completed(given));
  }
}
