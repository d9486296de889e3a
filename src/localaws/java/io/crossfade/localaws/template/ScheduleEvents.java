package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Function events of type Schedule with a rate of minutes and an input.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-schedule.html">
 *     Schedule</a>
 */
final class ScheduleEvents {
  static final String TYPE = "Schedule";

  /** A rate of one takes the singular, any other the plural. */
  private static final Pattern RATE = Pattern.compile("rate\\((1 minute|[2-9]\\d* minutes)\\)");

  private ScheduleEvents() {}

  static void check(JsonNode event) {
    read("", event);
  }

  /**
   * @param properties of the function
   */
  static List<FunctionEvent> of(String functionId, JsonNode properties) {
    List<FunctionEvent> events = new ArrayList<>();
    FunctionEvents.ofType(TYPE, properties)
        .forEach((id, event) -> events.add(read(functionId + id, event)));
    return events;
  }

  private static EventSchedule read(String id, JsonNode event) {
    JsonNode properties = event.path("Properties");
    FunctionEvents.requireOnly(properties, Set.of("Schedule", "Input"), "a Schedule event");
    String rate = properties.path("Schedule").asText();
    Matcher matcher = RATE.matcher(rate);
    if (!matcher.matches() || !properties.has("Input")) {
      throw new TemplateError("a schedule needs an Input and a rate of minutes, found " + rate);
    }
    long minutes = Long.parseLong(matcher.group(1).replaceAll(" .*", ""));
    return new EventSchedule(id, Duration.ofMinutes(minutes), properties.path("Input").asText());
  }
}
