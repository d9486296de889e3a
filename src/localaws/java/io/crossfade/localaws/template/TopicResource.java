package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;

/** A topic of the template. */
public record TopicResource(String logicalId, String name, String arn, JsonNode properties) {}
