package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A state machine of the template.
 *
 * @param definition its text with every substitution made
 * @param policies the Policies property as a list; empty if there is none
 */
public record StateMachineResource(
    String logicalId, String name, String definition, JsonNode policies) {}
