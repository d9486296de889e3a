package io.crossfade.localaws.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** The JSON text in the history of an alarm's state, and behind the state itself. */
final class AlarmHistoryData {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AlarmHistoryData() {}

  static String json(Alarm before, AlarmEvaluation after) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0").put("type", "Update");
    state(
        root.putObject("oldState"),
        before.state().toString(),
        before.current().reason(),
        before.current().reasonData());
    state(root.putObject("newState"), after.state().toString(), after.reason(), after.reasonData());
    return root.toString();
  }

  private static void state(ObjectNode state, String value, String reason, String reasonData) {
    state.put("stateValue", value).put("stateReason", reason);
    if (reasonData != null) {
      state.set("stateReasonData", parsed(reasonData));
    }
  }

  /** SetAlarmState takes any text as the data. */
  private static JsonNode parsed(String reasonData) {
    try {
      return JSON.readTree(reasonData);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(reasonData);
    }
  }

  /** The data behind an evaluated state, newest figure first. */
  static String reason(MetricAlarm alarm, List<Double> recent) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    if (alarm.statistic() != null) {
      root.put("statistic", alarm.statisticAsString());
    }
    if (alarm.period() != null) {
      root.put("period", alarm.period());
    }
    ArrayNode points = root.putArray("recentDatapoints");
    recent.forEach(points::add);
    return root.put("threshold", alarm.threshold()).toString();
  }
}
