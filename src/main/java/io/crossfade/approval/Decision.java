package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Who decided what, and when.
 *
 * @param userId Slack's id for the person; a name can be taken by somebody else
 * @param passedOn whether Step Functions is known to have it
 */
public record Decision(
    Choice choice, String userId, String userName, Instant at, boolean passedOn) {
  public Decision {
    requireNonNull(choice);
    requireNonNull(userId);
    requireNonNull(at);
  }

  Decision delivered() {
    return new Decision(choice, userId, userName, at, true);
  }

  public String sentence() {
    return userName == null
        ? "%s by %s".formatted(choice.word(), userId)
        : "%s by %s (%s)".formatted(choice.word(), userName, userId);
  }
}
