package io.crossfade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A message of Slack's Block Kit as it looks in Slack. Buttons are told, and do nothing. */
final class SlackCard {
  private SlackCard() {}

  static Html of(List<Map<String, Object>> blocks) {
    return Html.tag("div", Html.all(blocks.stream().map(SlackCard::block))).with("class", "slack");
  }

  private static Html block(Map<String, Object> block) {
    return switch (String.valueOf(block.get("type"))) {
      case "header" -> Html.tag("h3", text(block.get("text")));
      case "context" -> texts("context", block.get("elements"));
      case "actions" -> texts("actions", buttons(block.get("elements")));
      default -> section(block);
    };
  }

  private static Html section(Map<String, Object> block) {
    List<Html> parts = new ArrayList<>();
    if (block.get("text") != null) {
      parts.add(Html.tag("p", text(block.get("text"))));
    }
    if (block.get("fields") != null) {
      parts.add(texts("fields", block.get("fields")));
    }
    return Html.all(parts);
  }

  private static List<Object> buttons(Object elements) {
    List<Object> texts = new ArrayList<>();
    all(elements).forEach(button -> texts.add(map(button).get("text")));
    return texts;
  }

  private static Html texts(String style, Object elements) {
    return Html.tag("div", Html.all(all(elements).stream().map(e -> Html.tag("div", text(e)))))
        .with("class", style);
  }

  private static Html text(Object object) {
    String content = String.valueOf(map(object).getOrDefault("text", ""));
    return "mrkdwn".equals(map(object).get("type")) ? MrkdwnText.html(content) : Html.text(content);
  }

  private static List<?> all(Object elements) {
    return elements instanceof List<?> list ? list : List.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object object) {
    return object instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
