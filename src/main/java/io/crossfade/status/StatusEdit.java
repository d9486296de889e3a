package io.crossfade.status;

import io.crossfade.slack.ReleaseMessage;

/**
 * Decides whether a message is edited. Events come late, twice and in any order: nothing older may
 * replace something newer, and nothing at all an outcome.
 */
enum StatusEdit {
  /** EDIT means the message is to tell the status. */
  EDIT,
  /** KEEP means it tells as much already, or something newer, or how this execution ended. */
  KEEP,
  /** IMPOSSIBLE means that it cannot be edited: an incoming webhook does not say where it is. */
  IMPOSSIBLE;

  static StatusEdit decide(ReleaseMessage message, ReleaseStatus status) {
    if (!message.posted().changeable()) {
      return IMPOSSIBLE;
    }
    boolean newer = status.at().isAfter(message.shownAt());
    boolean ended = status.deployment().execution().equals(message.endedBy());
    return newer && !ended ? EDIT : KEEP;
  }
}
