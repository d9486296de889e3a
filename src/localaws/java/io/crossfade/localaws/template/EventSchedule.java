package io.crossfade.localaws.template;

import java.time.Duration;

/**
 * A schedule of EventBridge whose only target is the function.
 *
 * @param every between two invocations
 * @param input what the function gets, as JSON text
 */
public record EventSchedule(String logicalId, Duration every, String input)
    implements FunctionEvent {}
