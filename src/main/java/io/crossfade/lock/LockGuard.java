package io.crossfade.lock;

import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Stands before everything that changes something. */
@ApplicationScoped
public class LockGuard {
  private final LockStore locks;

  public LockGuard(LockStore locks) {
    this.locks = locks;
  }

  /**
   * @throws PermanentFailure if the deployment does not hold its lock any more, with who does
   */
  public void require(Invocation in) {
    PermanentFailure.throwFor(lost(in));
  }

  /** Who has the lock instead of this deployment; empty if it still holds it. */
  public Optional<String> lost(Invocation in) {
    Optional<Lock> found = locks.find(in.document().release().ruleArn()).map(Versioned::document);
    boolean held = found.filter(lock -> lock.heldBy(in.document(), in.execution())).isPresent();
    return held
        ? Optional.empty()
        : Optional.of(
            "%s no longer holds the lock of its rule: %s"
                .formatted(in.document().id(), found.map(LockGuard::tell).orElse("it is gone")));
  }

  private static String tell(Lock lock) {
    return lock.released()
        ? "%s gave it back".formatted(lock.deployment())
        : "it is held by " + lock.holder();
  }
}
