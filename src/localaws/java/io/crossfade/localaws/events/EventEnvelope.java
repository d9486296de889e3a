package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.sdk.Arns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The envelope of every event.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html">
 *     Event structure</a>
 */
final class EventEnvelope {
  static final ObjectMapper JSON = new ObjectMapper();

  private EventEnvelope() {}

  static JsonNode of(String source, String type, Instant at, String resource, JsonNode detail) {
    ObjectNode event = JSON.createObjectNode();
    event
        .put("version", "0")
        .put("id", UUID.randomUUID().toString())
        .put("detail-type", type)
        .put("source", source)
        .put("account", Arns.ACCOUNT)
        .put("time", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("region", Arns.REGION);
    event.putArray("resources").add(resource);
    event.set("detail", detail);
    return event;
  }
}
