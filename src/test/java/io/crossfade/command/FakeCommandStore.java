package io.crossfade.command;

import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The commands of one deployment, in memory. */
public final class FakeCommandStore implements CommandStore {
  /** Each is written by somebody else just before a write. */
  final Deque<GivenCommand> faster = new ArrayDeque<>();

  public Versioned<GivenCommand> stored;
  public boolean broken;

  @Override
  public Optional<Versioned<GivenCommand>> last(String deployment) {
    if (broken) {
      throw new TransientFailure("S3 is away");
    }
    return Optional.ofNullable(stored);
  }

  @Override
  public boolean give(
      String deployment, Optional<Versioned<GivenCommand>> found, GivenCommand next) {
    if (!faster.isEmpty()) {
      write(faster.remove());
    }
    if (!found.equals(last(deployment))) {
      return false;
    }
    write(next);
    return true;
  }

  private void write(GivenCommand next) {
    stored = new Versioned<>(next, next.id());
  }
}
