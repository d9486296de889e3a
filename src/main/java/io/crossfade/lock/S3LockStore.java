package io.crossfade.lock;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.StateBucket;
import io.crossfade.release.Versioned;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/** {@code locks/<rule>.json} in the state bucket. */
@Adapter
@RegisterForReflection(targets = {Lock.class, ReleasedBuild.class})
public class S3LockStore implements LockStore {
  private static final String FOLDER = "locks/";

  private final StateBucket state;

  public S3LockStore(StateBucket state) {
    this.state = state;
  }

  /** The rule's ARN in characters that S3 takes as they are; no name in it has an underscore. */
  public static String key(String rule) {
    return FOLDER + "%s.json".formatted(rule.replaceAll("[^A-Za-z0-9-]", "_"));
  }

  @Override
  public Optional<Versioned<Lock>> find(String rule) {
    return state.find(key(rule), Lock.class);
  }

  @Override
  public List<Lock> held() {
    return state.keys(FOLDER).stream()
        .flatMap(key -> state.find(key, Lock.class).stream())
        .map(Versioned::document)
        .filter(lock -> !lock.released())
        .toList();
  }

  @Override
  public boolean create(Lock lock) {
    return state.create(key(lock.rule()), lock);
  }

  @Override
  public boolean replace(Versioned<Lock> found, Lock next) {
    return state.replace(key(next.rule()), next, found.version()).isPresent();
  }
}
