package io.crossfade.release;

import java.time.Instant;

/** One line of a deployment's story. */
public record Event(Instant at, String what) {}
