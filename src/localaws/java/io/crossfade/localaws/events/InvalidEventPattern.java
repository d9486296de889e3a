package io.crossfade.localaws.events;

/**
 * A pattern, or another part of a rule, that EventBridge would not take or that is not emulated.
 */
public final class InvalidEventPattern extends RuntimeException {
  InvalidEventPattern(String message) {
    super(message);
  }
}
