package io.crossfade.lock;

import io.crossfade.lock.LockPolicy.Action;
import io.crossfade.lock.LockPolicy.Result;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Takes locks and gives them back. If somebody else writes first, it reads and tries again. */
@ApplicationScoped
public class LockService {
  private static final int TRIES = 4;

  private final LockStore locks;

  public LockService(LockStore locks) {
    this.locks = locks;
  }

  /**
   * What came of asking for a lock.
   *
   * @param before the lock as it was; null if there was none. A write may be done and its answer
   *     lost: then it is the one that was written over
   */
  public record Taken(Result result, Lock before) {
    public boolean refused() {
      return result.action() == Action.REFUSE;
    }
  }

  /**
   * Takes the lock if it may be taken; what it says of the live build stays.
   *
   * @param look finds out about another holder; asked only if there is one
   */
  public Taken take(Lock wanted, Release release, Function<Lock, LockHolder> look) {
    Lock before = null;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Versioned<Lock>> found = locks.find(wanted.rule());
      Lock lock = found.map(Versioned::document).orElse(null);
      LockHolder holder = contested(lock, wanted) ? look.apply(lock) : null;
      Result result = LockPolicy.decide(lock, wanted, holder, release);
      if (write(result.action(), found, wanted)) {
        return new Taken(
            result, result.action() == Action.ALREADY_HELD && before != null ? before : lock);
      }
      before = lock;
    }
    throw new TransientFailure("the lock of %s changes all the time".formatted(wanted.rule()));
  }

  /** Why a release cannot have its test rule, as a sentence; empty if it can, or has none. */
  public Optional<String> refusalOfTestRule(Release release) {
    return Optional.ofNullable(release.testRuleArn())
        .flatMap(locks::find)
        .flatMap(found -> LockPolicy.refusalOfTestRule(found.document()));
  }

  private static boolean contested(Lock lock, Lock wanted) {
    return lock != null
        && !lock.released()
        && !lock.heldBy(wanted.deployment(), wanted.execution());
  }

  private boolean write(Action action, Optional<Versioned<Lock>> found, Lock wanted) {
    return switch (action) {
      case CREATE -> locks.create(wanted);
      case REPLACE -> takeOver(found.orElseThrow(), wanted);
      case ALREADY_HELD, REFUSE -> true;
    };
  }

  /** Takes the lock over from its holder, unless it is written in the meantime. */
  public boolean takeOver(Versioned<Lock> found, Lock wanted) {
    return locks.replace(found, wanted.withLive(found.document().live()));
  }

  /**
   * Gives the lock back, if this execution has it.
   *
   * @param live the build that is live from now on; null if that has not changed
   */
  public void giveBack(Deployment deployment, String execution, ReleasedBuild live) {
    String rule = deployment.release().ruleArn();
    Lock mine = Lock.taken(rule, deployment.id(), execution, Instant.EPOCH);
    change(mine, lock -> givenBack(lock, live));
  }

  /**
   * Gives back what was taken for nothing. Who had left things half done has the lock again, so
   * that it can still be restored.
   */
  public void giveBack(Lock mine, Taken taken) {
    Lock before = taken.before();
    boolean abandoned =
        before != null && !before.released() && !before.heldBy(mine.deployment(), mine.execution());
    change(mine, lock -> abandoned ? before : lock.givenBack());
  }

  private static Lock givenBack(Lock lock, ReleasedBuild live) {
    return live == null ? lock.givenBack() : lock.givenBack().withLive(live);
  }

  private void change(Lock mine, UnaryOperator<Lock> to) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Versioned<Lock>> found =
          locks
              .find(mine.rule())
              .filter(held -> held.document().heldBy(mine.deployment(), mine.execution()));
      if (found.isEmpty() || locks.replace(found.get(), to.apply(found.get().document()))) {
        return;
      }
    }
    throw new TransientFailure("the lock of %s changes all the time".formatted(mine.rule()));
  }
}
