package io.crossfade.localaws.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.template.EventRule;
import java.util.regex.Pattern;

/** A rule as the bus applies it. */
record BusRule(EventRule settings, String function, EventPattern pattern, JsonNode input) {
  private static final Pattern PATH = Pattern.compile("\\$(\\.[A-Za-z0-9_-]+)*");

  static BusRule of(EventRule settings, String function) {
    String path = settings.inputPath();
    if (path != null && !PATH.matcher(path).matches()) {
      throw new InvalidEventPattern("InputPath not emulated: " + path);
    }
    return new BusRule(
        settings, function, EventPattern.parse(settings.pattern()), constant(settings.input()));
  }

  private static JsonNode constant(String input) {
    try {
      return input == null ? null : EventEnvelope.JSON.readTree(input);
    } catch (JsonProcessingException e) {
      throw new InvalidEventPattern("Input is not JSON: " + input);
    }
  }

  EventDelivery delivery(JsonNode event) {
    return new EventDelivery(settings.ruleName(), function, event, payload(event));
  }

  private JsonNode payload(JsonNode event) {
    if (input != null) {
      return input;
    }
    String path = settings.inputPath();
    return path == null ? event : event.at(path.substring(1).replace('.', '/'));
  }
}
