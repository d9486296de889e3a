package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The events that Step Functions publishes about an execution. Every member is present; it is null
 * if it has no value.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html">
 *     Automating Step Functions event delivery with EventBridge</a>
 */
final class ExecutionEvents {
  static final String TYPE = "Step Functions Execution Status Change";

  /** Of the escaped text: more of it would not go into an event. */
  static final int MAX_BYTES = 248 * 1024;

  private ExecutionEvents() {}

  static JsonNode started(DescribeExecutionResponse execution) {
    ObjectNode detail = detail(execution, ExecutionStatus.RUNNING).putNull("stopDate");
    boolean included = escaped(execution.input()) <= MAX_BYTES;
    payload(detail, "input", execution.input(), included);
    payload(detail, "output", null, false);
    return event(execution, ended(detail, null, null), execution.startDate());
  }

  static JsonNode ended(DescribeExecutionResponse execution) {
    ObjectNode detail = detail(execution, execution.status());
    detail.put("stopDate", execution.stopDate().toEpochMilli());
    int output = escaped(execution.output());
    payload(detail, "input", execution.input(), escaped(execution.input()) + output <= MAX_BYTES);
    payload(detail, "output", execution.output(), output <= MAX_BYTES);
    return event(
        execution, ended(detail, execution.error(), execution.cause()), execution.stopDate());
  }

  private static ObjectNode detail(DescribeExecutionResponse execution, ExecutionStatus status) {
    return EventEnvelope.JSON
        .createObjectNode()
        .put("executionArn", execution.executionArn())
        .put("stateMachineArn", execution.stateMachineArn())
        .put("name", execution.name())
        .put("status", status.toString())
        .put("startDate", execution.startDate().toEpochMilli());
  }

  private static ObjectNode ended(ObjectNode detail, String error, String cause) {
    return detail
        .putNull("stateMachineVersionArn")
        .putNull("stateMachineAliasArn")
        .put("redriveCount", 0)
        .putNull("redriveDate")
        .put("error", error)
        .put("cause", cause);
  }

  /** A payload that is left out has details that say so; one that does not exist has none. */
  private static void payload(ObjectNode detail, String name, String text, boolean included) {
    detail.put(name, included ? text : null);
    if (text == null) {
      detail.putNull(name + "Details");
    } else {
      detail.putObject(name + "Details").put("included", included);
    }
  }

  private static int escaped(String text) {
    return text == null
        ? 0
        : EventEnvelope.JSON
            .getNodeFactory()
            .textNode(text)
            .toString()
            .getBytes(StandardCharsets.UTF_8)
            .length;
  }

  private static JsonNode event(DescribeExecutionResponse execution, JsonNode detail, Instant at) {
    return EventEnvelope.of("aws.states", TYPE, at, execution.executionArn(), detail);
  }
}
