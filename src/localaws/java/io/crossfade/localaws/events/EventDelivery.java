package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One delivery of an event to a function.
 *
 * @param payload what the function gets: the event, or what the rule makes of it
 */
public record EventDelivery(String ruleName, String function, JsonNode event, JsonNode payload) {}
