package io.crossfade.lock;

import io.crossfade.lock.LockRule.Move;
import io.crossfade.lock.LockRule.Ruling;
import io.crossfade.lock.Locks.Held;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.release.TransientFailure;
import java.util.Optional;
import java.util.function.Function;

/** Takes locks and gives them back; whoever is beaten to a write looks again. */
public final class Locksmith {
  private static final int TRIES = 4;

  private final Locks locks;

  public Locksmith(Locks locks) {
    this.locks = locks;
  }

  /**
   * Takes the lock if it may be taken; what it says of the live build stays.
   *
   * @param look finds out about another holder; asked only if there is one
   */
  public Ruling take(Lock wanted, Release release, Function<Lock, Holder> look) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Held> found = locks.find(wanted.rule());
      Lock lock = found.map(Held::lock).orElse(null);
      Holder holder = contested(lock, wanted) ? look.apply(lock) : null;
      Ruling ruling = LockRule.decide(lock, wanted, holder, release);
      if (written(ruling.move(), found, wanted)) {
        return ruling;
      }
    }
    throw new TransientFailure("the lock of %s changes all the time".formatted(wanted.rule()));
  }

  private static boolean contested(Lock lock, Lock wanted) {
    return lock != null
        && !lock.released()
        && !lock.heldBy(wanted.deployment(), wanted.execution());
  }

  private boolean written(Move move, Optional<Held> found, Lock wanted) {
    return switch (move) {
      case CREATE -> locks.create(wanted);
      case REPLACE -> replaced(found.orElseThrow(), wanted);
      case MINE, REFUSED -> true;
    };
  }

  /** Takes the lock over from whoever has it, unless it is written in the meantime. */
  public boolean replaced(Held found, Lock wanted) {
    return locks.replace(found, wanted.withLive(found.lock().live()));
  }

  /**
   * Gives the lock back, if this execution has it.
   *
   * @param live the build that is live from now on; null if that has not changed
   */
  public void giveBack(Deployment deployment, String execution, Build live) {
    giveBack(deployment.release().ruleArn(), deployment.id(), execution, live);
  }

  /** Gives back what was taken for nothing. */
  public void giveBack(Lock taken) {
    giveBack(taken.rule(), taken.deployment(), taken.execution(), null);
  }

  private void giveBack(String rule, String deployment, String execution, Build live) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Held> mine =
          locks.find(rule).filter(found -> found.lock().heldBy(deployment, execution));
      if (mine.isEmpty() || givenBack(mine.get(), live)) {
        return;
      }
    }
    throw new TransientFailure("the lock of %s changes all the time".formatted(rule));
  }

  private boolean givenBack(Held mine, Build live) {
    Lock lock = mine.lock().givenBack();
    return locks.replace(mine, live == null ? lock : lock.withLive(live));
  }
}
