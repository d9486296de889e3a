package io.crossfade.release;

import java.util.Optional;

/** Something that trying again will not change. The state is not retried: it goes to its Catch. */
public class PermanentFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PermanentFailure(String message, Throwable cause) {
    super(message, cause);
  }

  public PermanentFailure(String message) {
    super(message);
  }

  /**
   * @throws PermanentFailure if there is a reason
   */
  public static void throwFor(Optional<String> reason) {
    if (reason.isPresent()) {
      throw new PermanentFailure(reason.get());
    }
  }
}
