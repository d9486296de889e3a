package io.crossfade.release;

/**
 * Something that may pass by itself: throttling, a timeout, a server error. The state is retried.
 */
public class TransientFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TransientFailure(String message, Throwable cause) {
    super(message, cause);
  }

  public TransientFailure(String message) {
    super(message);
  }
}
