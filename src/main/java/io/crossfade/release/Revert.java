package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/**
 * The release that is taken back, and why.
 *
 * @param deployment its id
 * @param why in the words of the person who takes it back
 * @param by who that is; null if it was not told
 * @param author of the release that is taken back; null if that is not known
 */
public record Revert(String deployment, String why, String by, String author) {
  public Revert {
    requireNonNull(deployment);
    requireNonNull(why);
  }

  public Revert(String deployment, String why, String by) {
    this(deployment, why, by, null);
  }

  /** The same, of a release by that author. */
  public Revert ofAuthor(String known) {
    return new Revert(deployment, why, by, known);
  }

  /** "revert of run-1 by ann: the checkout is slow". */
  public String sentence() {
    return "revert of %s%s: %s".formatted(deployment, by == null ? "" : " by " + by, why);
  }
}
