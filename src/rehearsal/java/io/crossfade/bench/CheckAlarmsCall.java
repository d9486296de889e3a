package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.FunctionError;
import java.util.List;

/** Reads the alarms and the canary's targets, and changes nothing. */
record CheckAlarmsCall(JsonNode payload) implements FunctionCall {
  private static final List<String> FINE = List.of("WAIT", "ADVANCE");

  @Override
  public String function() {
    return "check-alarms";
  }

  @Override
  public void make(Invoker invoker) throws FunctionError {
    JsonNode verdict = invoker.invoke(payload).path("verdict");
    if (!FINE.contains(verdict.path("action").asText())) {
      throw new IllegalStateException("check-alarms says " + verdict);
    }
  }
}
