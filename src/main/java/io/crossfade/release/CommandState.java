package io.crossfade.release;

import java.time.Duration;
import java.time.Instant;

/**
 * What people's commands have made of a deployment.
 *
 * @param taken the id of the last command that was taken up; null before the first
 * @param pause null while nobody holds it
 * @param pausedSeconds how long the pauses that are over took together
 * @param step the step whose bake a command has moved the end of
 * @param bakeEnds when that bake ends; null if no command has said
 * @param rolledBack whether a command turned it back
 */
public record CommandState(
    String taken, Pause pause, int pausedSeconds, int step, Instant bakeEnds, boolean rolledBack) {
  /** No command yet. */
  public static final CommandState NONE = new CommandState(null, null, 0, -1, null, false);

  public CommandState withTaken(String id) {
    return new CommandState(id, pause, pausedSeconds, step, bakeEnds, rolledBack);
  }

  public CommandState withPause(Pause next) {
    return new CommandState(taken, next, pausedSeconds, step, bakeEnds, rolledBack);
  }

  /** Nobody holds it any more. */
  public CommandState continued(Instant now) {
    if (pause == null) {
      return this;
    }
    int seconds = (int) Math.max(0, Duration.between(pause.since(), now).toSeconds());
    return new CommandState(taken, null, pausedSeconds + seconds, step, bakeEnds, rolledBack);
  }

  /** A command turns it back. */
  public CommandState turnedBack() {
    return new CommandState(taken, pause, pausedSeconds, step, bakeEnds, true);
  }

  /** That step's bake ends then, and no earlier or later. */
  public CommandState withBakeEnd(int index, Instant end) {
    return new CommandState(taken, pause, pausedSeconds, index, end, rolledBack);
  }
}
