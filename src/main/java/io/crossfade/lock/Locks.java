package io.crossfade.lock;

import java.util.Optional;

/** The locks, one for each rule, each written on a condition. */
public interface Locks {
  Optional<Held> find(String rule);

  /**
   * @return false if there is one already
   */
  boolean create(Lock lock);

  /**
   * @return false if somebody else has written it in the meantime
   */
  boolean replace(Held found, Lock next);

  /**
   * @param version the store's name for exactly this content
   */
  record Held(Lock lock, String version) {}
}
