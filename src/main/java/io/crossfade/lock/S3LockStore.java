package io.crossfade.lock;

import io.crossfade.aws.StateBucket;
import io.crossfade.aws.StateBucket.Stored;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** {@code locks/<rule>.json} in the state bucket. */
@ApplicationScoped
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
  public Optional<Held> find(String rule) {
    return state
        .find(key(rule), Lock.class)
        .map(stored -> new Held(stored.document(), stored.version()));
  }

  @Override
  public List<Lock> held() {
    return state.keys(FOLDER).stream()
        .flatMap(key -> state.find(key, Lock.class).stream())
        .map(Stored::document)
        .filter(lock -> !lock.released())
        .toList();
  }

  @Override
  public boolean create(Lock lock) {
    return state.create(key(lock.rule()), lock);
  }

  @Override
  public boolean replace(Held found, Lock next) {
    return state.replace(key(next.rule()), next, found.version());
  }
}
