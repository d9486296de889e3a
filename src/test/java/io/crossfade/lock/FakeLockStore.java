package io.crossfade.lock;

import io.crossfade.release.Versioned;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Locks in memory, with versions as S3 has entity tags. */
final class FakeLockStore implements LockStore {
  private final Map<String, Versioned<Lock>> held = new HashMap<>();
  private int versions;
  Runnable beforeWrite = () -> {};

  @Override
  public Optional<Versioned<Lock>> find(String rule) {
    return Optional.ofNullable(held.get(rule));
  }

  @Override
  public List<Lock> held() {
    return held.values().stream()
        .map(Versioned::document)
        .filter(lock -> !lock.released())
        .toList();
  }

  @Override
  public boolean create(Lock lock) {
    beforeWrite.run();
    return held.putIfAbsent(lock.rule(), new Versioned<>(lock, version())) == null;
  }

  @Override
  public boolean replace(Versioned<Lock> found, Lock next) {
    beforeWrite.run();
    return held.replace(next.rule(), found, new Versioned<>(next, version()));
  }

  private String version() {
    return "v" + ++versions;
  }
}
