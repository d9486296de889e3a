package io.crossfade.localaws.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads and writes JSON. */
final class SlackJson {
  static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private SlackJson() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * @throws SlackError with this error if it is not JSON
   */
  static JsonNode parse(String text, String error) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SlackError(error);
    }
  }
}
