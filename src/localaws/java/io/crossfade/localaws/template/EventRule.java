package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * A rule on the default event bus whose only target is the function.
 *
 * @param ruleName as given, or what the deployment would call it
 * @param enabled false if its State is DISABLED
 * @param pattern as JSON, not checked
 * @param inputPath which part of the event the function gets; null for all of it
 * @param input what the function gets instead of the event, as JSON text; null for the event
 * @param retries how often Lambda tries again after the function failed
 */
public record EventRule(
    String logicalId,
    String ruleName,
    boolean enabled,
    JsonNode pattern,
    String inputPath,
    String input,
    int retries)
    implements FunctionEvent {
  public EventRule {
    Objects.requireNonNull(ruleName, "ruleName");
    Objects.requireNonNull(pattern, "pattern");
  }
}
