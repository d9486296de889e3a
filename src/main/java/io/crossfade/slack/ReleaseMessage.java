package io.crossfade.slack;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The one message of a deployment, which is edited while it runs.
 *
 * @param posted where it stands
 * @param shownAt of which moment it tells
 * @param toldUntil up to when its thread tells what happened; null before the thread begins
 * @param endedBy the execution whose outcome it tells, which no later edit of that one may replace;
 *     null while it runs
 */
public record ReleaseMessage(
    PostedMessage posted, Instant shownAt, Instant toldUntil, String endedBy) {
  public ReleaseMessage {
    requireNonNull(posted);
    requireNonNull(shownAt);
  }

  public static ReleaseMessage begun(PostedMessage posted, Instant shownAt) {
    return new ReleaseMessage(posted, shownAt, null, null);
  }
}
