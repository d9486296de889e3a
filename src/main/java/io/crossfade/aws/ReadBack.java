package io.crossfade.aws;

import io.crossfade.release.TransientFailure;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Looks again until a write shows: most AWS services answer a read with an older state for a
 * moment.
 */
public final class ReadBack {
  private static final int LOOKS = 8;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private ReadBack() {}

  /**
   * @param shows whether a fresh read has what was written
   * @throws TransientFailure if it does not within about four seconds; the state is retried
   */
  public static void until(Supplier<Boolean> shows, String what) {
    for (int look = 0; look < LOOKS; look++) {
      if (shows.get()) {
        return;
      }
      pause();
    }
    throw new TransientFailure(what + " was written but does not show");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new TransientFailure("interrupted while reading back", stopped);
    }
  }
}
