package io.crossfade.lock;

import io.crossfade.release.Versioned;
import java.util.List;
import java.util.Optional;

/** The locks, one for each rule, each written on a condition. */
public interface LockStore {
  Optional<Versioned<Lock>> find(String rule);

  /** Those that have not been given back: one at most for each rule. */
  List<Lock> held();

  /**
   * @return false if there is one already
   */
  boolean create(Lock lock);

  /**
   * @return false if somebody else has written it in the meantime
   */
  boolean replace(Versioned<Lock> found, Lock next);
}
