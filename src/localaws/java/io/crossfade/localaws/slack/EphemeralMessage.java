package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * An answer that one person alone sees.
 *
 * @param to the id of that person
 */
public record EphemeralMessage(String to, String ts, String text, ArrayNode blocks) {}
