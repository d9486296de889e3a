package io.crossfade.rehearsal;

/** An order number that a visitor was given, and the key that it had sent. */
public record AcknowledgedOrder(long number, String idempotencyKey) {}
