package io.crossfade.slack;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The one message of a deployment, which is edited while it runs, by one at a time.
 *
 * @param posted where it stands
 * @param shownAt of which moment it tells
 * @param toldUntil up to when its thread tells what happened; null before the thread begins
 * @param endedBy the execution whose outcome it tells, which no later edit of that one may replace;
 *     null while it runs
 * @param editor who edits it now; null if nobody does
 * @param editedUntil when the editor has surely given up
 * @param asked of which moment somebody else wanted it to tell meanwhile; the editor looks again
 */
public record ReleaseMessage(
    PostedMessage posted,
    Instant shownAt,
    Instant toldUntil,
    String endedBy,
    String editor,
    Instant editedUntil,
    Instant asked) {
  public ReleaseMessage {
    requireNonNull(posted);
    requireNonNull(shownAt);
  }

  public static ReleaseMessage begun(PostedMessage posted, Instant shownAt) {
    return new ReleaseMessage(posted, shownAt, null, null, null, null, null);
  }

  /**
   * Edited, and free for others.
   *
   * @param ended the execution whose outcome it tells; null for none
   */
  public ReleaseMessage shown(Instant at, String ended) {
    return new ReleaseMessage(posted, at, toldUntil, ended, null, null, null);
  }

  /** Its thread tells what happened up to then. */
  public ReleaseMessage told(Instant until) {
    return new ReleaseMessage(posted, shownAt, until, endedBy, editor, editedUntil, asked);
  }

  public ReleaseMessage editedBy(String who, Instant until) {
    return new ReleaseMessage(posted, shownAt, toldUntil, endedBy, who, until, asked);
  }

  public ReleaseMessage free() {
    return editedBy(null, null);
  }

  /** Somebody wants it to tell this, and leaves it to the editor. */
  public ReleaseMessage asked(Instant at) {
    return new ReleaseMessage(posted, shownAt, toldUntil, endedBy, editor, editedUntil, at);
  }

  public boolean heldByAnother(String me, Instant now) {
    return editor != null && !editor.equals(me) && now.isBefore(editedUntil);
  }

  /** Whether its editor knows already that it is to tell at least this. */
  public boolean isAskedFor(Instant at) {
    return asked != null && !asked.isBefore(at);
  }
}
