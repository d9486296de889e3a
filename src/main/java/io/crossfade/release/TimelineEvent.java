package io.crossfade.release;

import java.time.Instant;

/** One line of a deployment's story. */
public record TimelineEvent(Instant at, String what) {}
