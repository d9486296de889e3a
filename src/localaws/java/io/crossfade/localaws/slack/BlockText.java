package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The texts in blocks, in the order in which they stand; those of dialogs are not among them. */
final class BlockText {
  private BlockText() {}

  static List<String> of(JsonNode node) {
    List<String> texts = new ArrayList<>();
    collect(node, texts);
    return texts;
  }

  private static void collect(JsonNode node, List<String> texts) {
    if (node.isObject()) {
      if (node.path("text").isTextual()) {
        texts.add(node.get("text").textValue());
      }
      node.properties()
          .forEach(
              field -> {
                if (!field.getKey().equals("confirm")) {
                  collect(field.getValue(), texts);
                }
              });
    } else {
      node.forEach(child -> collect(child, texts));
    }
  }
}
