package io.crossfade.localaws.cloudwatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON text in the history of an alarm's state. */
final class HistoryData {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HistoryData() {}

  static String json(Alarm before, Evaluation after) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0").put("type", "Update");
    root.putObject("oldState")
        .put("stateValue", before.state().toString())
        .put("stateReason", before.stateReason());
    root.putObject("newState")
        .put("stateValue", after.state().toString())
        .put("stateReason", after.reason());
    return root.toString();
  }
}
