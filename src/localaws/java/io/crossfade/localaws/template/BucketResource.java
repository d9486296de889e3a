package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;

/** A bucket of the template. */
public record BucketResource(String logicalId, String name, JsonNode properties) {
  /** Whether an event is published on the default bus for each object that is written. */
  public boolean publishesEvents() {
    return properties
        .at("/NotificationConfiguration/EventBridgeConfiguration/EventBridgeEnabled")
        .asBoolean();
  }
}
