package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Blocks as HTML. */
final class BlockHtml {
  private final String ts;
  private final Map<String, String> names;
  private final StringBuilder html = new StringBuilder();

  private BlockHtml(String ts, Map<String, String> names) {
    this.ts = ts;
    this.names = names;
  }

  /** The blocks, or the text if there are none. */
  static String of(String ts, String text, JsonNode blocks, Map<String, String> names) {
    BlockHtml out = new BlockHtml(ts, names);
    if (blocks.isEmpty()) {
      return out.element("p", Mrkdwn.html(text, names)).toString();
    }
    blocks.forEach(out::block);
    return out.html.toString();
  }

  private void block(JsonNode block) {
    switch (block.path("type").asText()) {
      case "header" -> element("h3", text(block.get("text")));
      case "divider" -> html.append("<hr>");
      case "context" -> texts("context", block.get("elements"));
      case "actions" -> {
        html.append("<div class=\"actions\">");
        block.get("elements").forEach(this::button);
        html.append("</div>");
      }
      default -> section(block);
    }
  }

  private void section(JsonNode block) {
    if (block.has("text")) {
      element("p", text(block.get("text")));
    }
    if (block.has("fields")) {
      texts("fields", block.get("fields"));
    }
    if (block.has("accessory")) {
      button(block.get("accessory"));
    }
  }

  private void texts(String kind, JsonNode texts) {
    html.append("<div class=\"").append(kind).append("\">");
    texts.forEach(text -> element("div", text(text)));
    html.append("</div>");
  }

  private void button(JsonNode button) {
    html.append("<button");
    attribute("class", button.path("style").asText("plain"));
    attribute("data-ts", ts);
    attribute("data-action", button.path("action_id").asText());
    if (button.has("confirm")) {
      attribute("data-confirm", dialog(button.get("confirm")).toString());
    }
    html.append(">").append(text(button.get("text"))).append("</button>");
  }

  private static ObjectNode dialog(JsonNode confirm) {
    ObjectNode dialog = SlackJson.object();
    List.of("title", "text", "confirm", "deny")
        .forEach(part -> dialog.put(part, confirm.path(part).path("text").asText()));
    return dialog.put("style", confirm.path("style").asText("primary"));
  }

  private void attribute(String name, String value) {
    html.append(' ').append(name).append("=\"").append(Mrkdwn.escape(value)).append('"');
  }

  private StringBuilder element(String tag, String content) {
    return html.append('<')
        .append(tag)
        .append('>')
        .append(content)
        .append("</")
        .append(tag)
        .append('>');
  }

  private String text(JsonNode text) {
    String content = text.path("text").asText();
    return text.path("type").asText().equals("mrkdwn")
        ? Mrkdwn.html(content, names)
        : Mrkdwn.plain(content);
  }
}
