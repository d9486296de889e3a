package io.crossfade.notify;

import io.crossfade.report.ReleaseReport.Ending;

/** How an execution ends. */
public enum Outcome {
  /** Released means the new version is live and the old one is scaled in. */
  RELEASED("Released"),
  /** ReleasedWithWarning means it is live, but the old one could not be tidied away. */
  RELEASED_WITH_WARNING("ReleasedWithWarning"),
  /** Refused means nothing was touched. */
  REFUSED("Refused"),
  /** RolledBack means everything was read back as it was. */
  ROLLED_BACK("RolledBack"),
  /** RestoreIncomplete means a person is needed now. */
  RESTORE_INCOMPLETE("RestoreIncomplete");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  public Ending ending() {
    return switch (this) {
      case RELEASED -> Ending.GOOD;
      case RELEASED_WITH_WARNING -> Ending.WARNING;
      case REFUSED, ROLLED_BACK -> Ending.UNCHANGED;
      case RESTORE_INCOMPLETE -> Ending.BAD;
    };
  }

  public static Outcome of(String label) {
    for (Outcome outcome : values()) {
      if (outcome.label.equals(label)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("unknown outcome \"%s\"".formatted(label));
  }
}
