package io.crossfade.rehearsal;

import java.util.Locale;

/** Who answers the question in Slack. */
public enum ApprovalMode {
  /** ASK means whoever sits at the terminal, or at the channel's page. */
  ASK,
  /** APPROVE means the rehearsal itself, after a moment. */
  APPROVE,
  /** REJECT means the rehearsal itself, after a moment. */
  REJECT,
  /** IGNORE means nobody. */
  IGNORE;

  /** The name as it is typed and printed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the release comes back even if nothing else is wrong with it. */
  boolean turnsBack() {
    return this == REJECT || this == IGNORE;
  }
}
