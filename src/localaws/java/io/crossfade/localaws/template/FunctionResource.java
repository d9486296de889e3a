package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A function of the template, globals merged.
 *
 * @param policies the Policies property as a list; empty if there is none
 * @param events what calls it besides the state machine
 */
public record FunctionResource(
    String logicalId,
    String name,
    Map<String, String> environment,
    Duration timeout,
    int memoryMb,
    JsonNode policies,
    List<FunctionEvent> events) {
  public FunctionResource {
    environment = Map.copyOf(environment);
    events = List.copyOf(events);
  }
}
