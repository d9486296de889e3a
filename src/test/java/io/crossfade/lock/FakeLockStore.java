package io.crossfade.lock;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** LockStore in memory, with versions as S3 has entity tags. */
final class FakeLockStore implements LockStore {
  private final Map<String, Held> held = new HashMap<>();
  private int versions;
  Runnable beforeWrite = () -> {};

  @Override
  public Optional<Held> find(String rule) {
    return Optional.ofNullable(held.get(rule));
  }

  @Override
  public List<Lock> held() {
    return held.values().stream().map(Held::lock).filter(lock -> !lock.released()).toList();
  }

  @Override
  public boolean create(Lock lock) {
    beforeWrite.run();
    return held.putIfAbsent(lock.rule(), new Held(lock, version())) == null;
  }

  @Override
  public boolean replace(Held found, Lock next) {
    beforeWrite.run();
    return held.replace(next.rule(), found, new Held(next, version()));
  }

  private String version() {
    return "v" + ++versions;
  }
}
