package io.crossfade.plan;

import java.time.Instant;
import java.util.Map;

/**
 * What the state machine hands to {@code plan}.
 *
 * @param document the execution's input: a release, or where one is stored
 * @param execution the execution's ARN
 * @param now when the state was entered
 */
public record PlanInvocation(Map<String, Object> document, String execution, Instant now) {}
