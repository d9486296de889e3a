package io.crossfade.command;

import java.util.Locale;

/** What a person can tell a release that is under way. */
public enum Command {
  /** PAUSE means that the weights stay as they are; alarms and health still turn it back. */
  PAUSE,
  /** CONTINUE means that a pause is over. */
  CONTINUE,
  /**
   * PROMOTE means that the rest of the bake at its weight is skipped; alarms and health are not.
   */
  PROMOTE,
  /** ROLLBACK means that everything is put back. */
  ROLLBACK;

  /** As it is typed and told: {@code rollback}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
