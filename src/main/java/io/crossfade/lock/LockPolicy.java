package io.crossfade.lock;

import io.crossfade.release.CheckOverride;
import io.crossfade.release.Release;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a deployment may take a rule's lock. */
public final class LockPolicy {
  /** What comes of asking for a lock. */
  public enum Move {
    /** CREATE means there is none: take it. */
    CREATE,
    /** REPLACE means it was given back, or its holder is gone: take it over. */
    REPLACE,
    /** MINE means it is held already, by this very execution. */
    MINE,
    /** REFUSED means somebody else has it, or had it and left things half done. */
    REFUSED
  }

  /**
   * @param reason a sentence; empty unless refused
   */
  public record Ruling(Move move, String reason) {
    private static Ruling of(Move move) {
      return new Ruling(move, "");
    }

    private static Ruling refused(String sentence, Object... values) {
      return new Ruling(Move.REFUSED, sentence.formatted(values));
    }
  }

  private LockPolicy() {}

  /**
   * @param found the lock as it is; null if there is none
   * @param wanted the lock as it would be
   * @param holder what is known of the holder of the one that is found
   */
  public static Ruling decide(Lock found, Lock wanted, LockHolder holder, Release release) {
    if (found == null) {
      return Ruling.of(Move.CREATE);
    }
    return older(found.live(), release)
        .map(reason -> Ruling.refused("%s", reason))
        .orElseGet(() -> contested(found, wanted, holder, release));
  }

  private static Ruling contested(Lock found, Lock wanted, LockHolder holder, Release release) {
    if (found.released()) {
      return Ruling.of(Move.REPLACE);
    }
    if (found.heldBy(wanted.deployment(), wanted.execution())) {
      return Ruling.of(Move.MINE);
    }
    return switch (holder.status()) {
      case RUNNING ->
          Ruling.refused("another deployment of this rule is running: %s", found.holder());
      case UNKNOWN ->
          Ruling.refused(
              "this rule is locked by %s, and Step Functions does not know that execution",
              found.holder());
      case SUCCEEDED -> Ruling.of(Move.REPLACE);
      case ENDED_BADLY -> abandoned(found, holder.remains(), release);
    };
  }

  private static Ruling abandoned(Lock found, LockHolder.Remains remains, Release release) {
    return switch (remains) {
      case NOTHING_STORED, AS_IT_WAS -> Ruling.of(Move.REPLACE);
      case DIFFERENT, UNSEEN ->
          release.overrides(CheckOverride.Check.ABANDONED_LOCK)
              ? Ruling.of(Move.REPLACE)
              : Ruling.refused(
                  "this rule is locked by %s, which ended without putting everything back;"
                      + " start an execution with {\"restore\": \"%s\"},"
                      + " or override abandoned-lock with a reason",
                  found.holder(), found.deployment());
    };
  }

  /** Why a build is too old to replace the live one; empty if it is not, or nobody knows. */
  static Optional<String> older(ReleasedBuild live, Release release) {
    Instant built = release.createdAt();
    boolean older =
        live != null
            && live.createdAt() != null
            && built != null
            && built.isBefore(live.createdAt());
    return older && !release.overrides(CheckOverride.Check.OLDER_BUILD)
        ? Optional.of(
            "this build of %s is older than the live one of %s, which %s released (%s);"
                    .formatted(built, live.createdAt(), live.deployment(), live.imageUri())
                + " override older-build with a reason to go back to it")
        : Optional.empty();
  }
}
