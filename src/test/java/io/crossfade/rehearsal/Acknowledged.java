package io.crossfade.rehearsal;

/** An order number that a visitor was given, and the key that it had sent. */
public record Acknowledged(long number, String idempotencyKey) {}
