package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The time at which a Wait state ends. */
final class WaitTime {
  private WaitTime() {}

  static Instant until(State state, JsonNode data, JsonNode context, Instant entered)
      throws StateFailure {
    if (state.has("Seconds") || state.has("SecondsPath")) {
      return entered.plus(seconds(state, "Seconds", data, context));
    }
    JsonNode value =
        state.has("Timestamp")
            ? state.get("Timestamp")
            : JsonPaths.read(state.text("TimestampPath"), data, context);
    return timestamp(value)
        .orElseThrow(
            () -> StateFailure.runtime("The TimestampPath leads to no timestamp: " + value));
  }

  /** Empty unless the value is a timestamp as RFC 3339 has it. */
  static Optional<Instant> timestamp(JsonNode value) {
    try {
      return value.isTextual()
          ? Optional.of(OffsetDateTime.parse(value.textValue()).toInstant())
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A number of seconds that stands in the definition, or in the data at the field's path. */
  static Duration seconds(State state, String field, JsonNode data, JsonNode context)
      throws StateFailure {
    if (state.has(field)) {
      return Duration.ofSeconds(state.get(field).longValue());
    }
    JsonNode value = JsonPaths.read(state.text(field + "Path"), data, context);
    if (!value.isNumber() || value.doubleValue() % 1 != 0 || value.doubleValue() < 0) {
      throw StateFailure.runtime(
          "The %sPath must lead to a whole number of at least 0, found %s".formatted(field, value));
    }
    return Duration.ofSeconds(value.longValue());
  }
}
