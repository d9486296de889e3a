package io.crossfade.release;

import java.time.Instant;

/**
 * One line of a deployment's story.
 *
 * @param weights what was last written to the rule by then; null in an older document, and before
 *     the plan
 */
public record TimelineEvent(Instant at, String what, Weights weights) {}
