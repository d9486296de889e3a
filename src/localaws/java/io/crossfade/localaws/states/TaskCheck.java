package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.DefinitionCheck.Fields;
import java.util.List;
import java.util.Set;

/** What a Task state must look like. */
final class TaskCheck {
  static final String INVOKE = "arn:aws:states:::lambda:invoke";
  static final String INVOKE_AND_WAIT = INVOKE + ".waitForTaskToken";
  private static final Set<String> RESERVED =
      Set.of(
          "States.ALL",
          "States.TaskFailed",
          "States.Timeout",
          "States.HeartbeatTimeout",
          "States.Runtime",
          "States.DataLimitExceeded",
          "States.Permissions",
          "States.ResultPathMatchFailure",
          "States.ParameterPathFailure",
          "States.IntrinsicFailure");

  private TaskCheck() {}

  static void check(Fields fields, State state) {
    fields.nextOrEnd();
    fields.text("Resource", true);
    if (!Set.of(INVOKE, INVOKE_AND_WAIT).contains(state.fields().path("Resource").asText())) {
      fields.problem("Resource", "is not emulated: " + state.fields().path("Resource").asText());
      return;
    }
    timeout(fields);
    parameters(fields, state);
    if (state.has("ResultSelector")) {
      PayloadTemplate.check(state.get("ResultSelector"), "ResultSelector", fields::problem);
    }
    each(fields, state, "Retry", TaskCheck::retrier);
    each(fields, state, "Catch", TaskCheck::catcher);
  }

  private static void timeout(Fields fields) {
    fields.atMostOne(List.of("TimeoutSeconds", "TimeoutSecondsPath"));
    fields.wholeNumber("TimeoutSeconds", 1, Fields.MAX_SECONDS);
    fields.path("TimeoutSecondsPath");
  }

  private static void parameters(Fields fields, State state) {
    JsonNode parameters = state.fields().path("Parameters");
    Fields inner = fields.within("Parameters", parameters);
    inner.only(StateFields.INVOKE);
    inner.exactlyOne(List.of("FunctionName", "FunctionName.$"));
    inner.text("FunctionName", false);
    PayloadTemplate.check(parameters, "Parameters", fields::problem);
    if (state.waitsForToken() && !parameters.toString().contains("$$.Task.Token")) {
      fields.problem("Parameters", "must pass $$.Task.Token on, or nobody could answer");
    }
  }

  private interface EntryCheck {
    void check(Fields entry, boolean last);
  }

  private static void each(Fields fields, State state, String field, EntryCheck check) {
    JsonNode entries = state.fields().path(field);
    if (state.has(field) && !entries.isArray()) {
      fields.problem(field, "must be a list");
    }
    for (int i = 0; i < entries.size(); i++) {
      Fields entry = fields.within(field + "[" + i + "]", entries.get(i));
      boolean last = i == entries.size() - 1;
      errors(entry, last);
      check.check(entry, last);
    }
  }

  private static void errors(Fields entry, boolean last) {
    JsonNode names = entry.node().path("ErrorEquals");
    if (!names.isArray() || names.isEmpty()) {
      entry.problem("ErrorEquals", "must name at least one error");
    }
    for (JsonNode name : names) {
      if (!name.isTextual()) {
        entry.problem("ErrorEquals", "must hold strings, found " + name);
      } else if (name.textValue().startsWith("States.") && !RESERVED.contains(name.textValue())) {
        entry.problem("ErrorEquals", "knows no error " + name.textValue());
      } else if (name.textValue().equals("States.ALL") && (names.size() > 1 || !last)) {
        entry.problem("ErrorEquals", "must have States.ALL alone and last");
      }
    }
  }

  private static void retrier(Fields entry, boolean last) {
    entry.only(StateFields.RETRIER);
    entry.wholeNumber("IntervalSeconds", 1, Fields.MAX_SECONDS);
    entry.wholeNumber("MaxAttempts", 0, Fields.MAX_SECONDS);
    entry.wholeNumber("MaxDelaySeconds", 1, 31_622_400);
    entry.oneOf("JitterStrategy", Set.of("FULL", "NONE"));
    JsonNode rate = entry.node().path("BackoffRate");
    if (entry.node().has("BackoffRate") && !(rate.isNumber() && rate.asDouble() >= 1)) {
      entry.problem("BackoffRate", "must be a number of at least 1, found " + rate);
    }
    if (entry.node().path("MaxDelaySeconds").asLong(Long.MAX_VALUE)
        <= entry.node().path("IntervalSeconds").asLong(1)) {
      entry.problem("MaxDelaySeconds", "must be greater than IntervalSeconds");
    }
  }

  private static void catcher(Fields entry, boolean last) {
    entry.only(StateFields.CATCHER);
    entry.text("Next", true);
    entry.referencePath("ResultPath");
  }
}
