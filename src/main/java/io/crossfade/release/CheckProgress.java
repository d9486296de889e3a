package io.crossfade.release;

import java.time.Instant;

/**
 * How far a release's checks are, in the order in which they run.
 *
 * @param passed how many have passed; none of them runs again
 * @param begun when the next one began; null until then
 * @param seen when one was last looked at; null before the first
 * @param task the ARN of the task that the next one has started; null if there is none
 */
public record CheckProgress(int passed, Instant begun, Instant seen, String task) {
  /** Before the first, and where there are none. */
  public static final CheckProgress NONE = new CheckProgress(0, null, null, null);

  public CheckProgress lookedAt(Instant now) {
    return new CheckProgress(passed, begun == null ? now : begun, now, task);
  }

  public CheckProgress withTask(String arn) {
    return new CheckProgress(passed, begun, seen, arn);
  }

  public CheckProgress nextPassed() {
    return new CheckProgress(passed + 1, null, seen, null);
  }
}
