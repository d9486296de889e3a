package io.crossfade.release;

import io.soabase.recordbuilder.core.RecordBuilder;
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
@RecordBuilder
public record CommandState(
    String taken, Pause pause, int pausedSeconds, int step, Instant bakeEnds, boolean rolledBack) {
  /** No command yet. */
  public static final CommandState NONE = new CommandState(null, null, 0, -1, null, false);

  public CommandState withTaken(String id) {
    return next().taken(id).build();
  }

  public CommandState withPause(Pause held) {
    return next().pause(held).build();
  }

  /** Nobody holds it any more. */
  public CommandState continued(Instant now) {
    if (pause == null) {
      return this;
    }
    int seconds = (int) Math.max(0, Duration.between(pause.since(), now).toSeconds());
    return next().pause(null).pausedSeconds(pausedSeconds + seconds).build();
  }

  /** A command turns it back. */
  public CommandState turnedBack() {
    return next().rolledBack(true).build();
  }

  /** That step's bake ends then, and no earlier or later. */
  public CommandState withBakeEnd(int index, Instant end) {
    return next().step(index).bakeEnds(end).build();
  }

  private CommandStateBuilder next() {
    return CommandStateBuilder.builder(this);
  }
}
