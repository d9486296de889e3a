package io.crossfade.lock;

import io.crossfade.release.CheckOverride;
import io.crossfade.release.Release;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a deployment may take a rule's lock. */
public final class LockPolicy {
  /** What comes of asking for a lock. */
  public enum Action {
    /** CREATE means there is none: take it. */
    CREATE,
    /** REPLACE means it was given back, or its holder is gone: take it over. */
    REPLACE,
    /** ALREADY_HELD means it is held already, by this very execution. */
    ALREADY_HELD,
    /** REFUSE means somebody else has it, or had it and left things half done. */
    REFUSE
  }

  /**
   * @param reason a sentence; empty unless refused
   */
  public record Result(Action action, String reason) {
    private static Result of(Action action) {
      return new Result(action, "");
    }

    private static Result refused(String sentence, Object... values) {
      return new Result(Action.REFUSE, sentence.formatted(values));
    }
  }

  private LockPolicy() {}

  /**
   * @param found the lock as it is; null if there is none
   * @param wanted the lock as it would be
   * @param holder what is known of the holder of the one that is found
   */
  public static Result decide(Lock found, Lock wanted, LockHolder holder, Release release) {
    if (found == null) {
      return Result.of(Action.CREATE);
    }
    return refusalOfOlderBuild(found.live(), release)
        .map(reason -> Result.refused("%s", reason))
        .orElseGet(() -> contested(found, wanted, holder, release));
  }

  /**
   * Why a rule cannot be a release's test rule: a release moves its users, or has. That also keeps
   * two releases apart that name each other's rules.
   *
   * @param found the rule's own lock
   */
  static Optional<String> refusalOfTestRule(Lock found) {
    return found.released() && found.live() == null
        ? Optional.empty()
        : Optional.of(
            "test_rule_arn is the rule of %s; a test rule is one that no user takes"
                .formatted(found.holder()));
  }

  private static Result contested(Lock found, Lock wanted, LockHolder holder, Release release) {
    if (found.released()) {
      return Result.of(Action.REPLACE);
    }
    if (found.heldBy(wanted.deployment(), wanted.execution())) {
      return Result.of(Action.ALREADY_HELD);
    }
    return switch (holder.status()) {
      case RUNNING ->
          Result.refused("another deployment of this rule is running: %s", found.holder());
      case UNKNOWN ->
          Result.refused(
              "this rule is locked by %s, and Step Functions does not know that execution",
              found.holder());
      case SUCCEEDED -> Result.of(Action.REPLACE);
      case FAILED, TIMED_OUT, ABORTED -> abandoned(found, holder.remains(), release);
    };
  }

  private static Result abandoned(Lock found, LockHolder.Remains remains, Release release) {
    return switch (remains) {
      case NOTHING_STORED, AS_IT_WAS -> Result.of(Action.REPLACE);
      case DIFFERENT, UNSEEN ->
          release.overrides(CheckOverride.Check.ABANDONED_LOCK)
              ? Result.of(Action.REPLACE)
              : Result.refused(
                  "this rule is locked by %s, which ended without putting everything back;"
                      + " start an execution with {\"restore\": \"%s\"},"
                      + " or override abandoned-lock with a reason",
                  found.holder(), found.deployment());
    };
  }

  /** Why a build is too old to replace the live one; empty if it is not, or if it is not known. */
  static Optional<String> refusalOfOlderBuild(ReleasedBuild live, Release release) {
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
