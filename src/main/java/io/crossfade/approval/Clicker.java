package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

/**
 * Who clicked, where, and where that is answered.
 *
 * @param userId Slack's id for the person; a name can be taken by somebody else
 * @param userName null where Slack did not give it
 * @param responseUrl where the click is answered
 */
record Clicker(String teamId, String appId, String userId, String userName, String responseUrl) {
  Clicker {
    requireNonNull(teamId);
    requireNonNull(appId);
    requireNonNull(userId);
    requireNonNull(responseUrl);
  }

  /** The id comes first, which nobody chooses. */
  String idAndName() {
    return userName == null ? userId : "%s (%s)".formatted(userId, userName);
  }
}
