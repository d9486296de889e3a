package io.crossfade.command;

import io.crossfade.release.Versioned;
import java.util.Optional;

/** The last command that each deployment was given. */
public interface CommandStore {
  Optional<Versioned<GivenCommand>> last(String deployment);

  /**
   * Stores a command after the one that was found.
   *
   * @param found empty if there was none
   * @return false if somebody else has given one in the meantime
   */
  boolean give(String deployment, Optional<Versioned<GivenCommand>> found, GivenCommand next);
}
