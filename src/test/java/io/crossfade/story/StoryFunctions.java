package io.crossfade.story;

import io.crossfade.matrix.Worker;
import java.nio.file.Path;

/**
 * The packaged functions that all stories of one process share: to start them costs more than most
 * stories.
 */
public final class StoryFunctions {
  public static final Worker WORKER = new Worker(Path.of("target", "stories"));

  static {
    ExchangeRecorder.watch(WORKER.gateway);
  }

  private StoryFunctions() {}
}
