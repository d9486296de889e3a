package io.crossfade.rehearsal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

  static Optional<ApprovalMode> labelled(String label) {
    return Arrays.stream(values()).filter(mode -> mode.label().equals(label)).findFirst();
  }

  static List<String> all() {
    return Arrays.stream(values()).map(ApprovalMode::label).toList();
  }

  static String labels() {
    return String.join(", ", all());
  }
}
