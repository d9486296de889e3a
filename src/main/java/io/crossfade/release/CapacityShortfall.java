package io.crossfade.release;

/**
 * Healthy targets are missing where all were there a moment ago. The state machine goes back to
 * where they are waited for.
 */
public class CapacityShortfall extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CapacityShortfall(String message) {
    super(message);
  }
}
