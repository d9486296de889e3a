package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;

/** A bucket of the template. */
public record BucketResource(String logicalId, String name, JsonNode properties) {}
