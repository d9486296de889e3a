package io.crossfade.command;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.CheckOverride;
import io.crossfade.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * No release may start.
 *
 * @param rule the ARN of the rule that it is about; null for every rule of the stack
 * @param by the ARN of who said so last
 * @param at when that was
 * @param until when it is over; not after {@code at} if that person has ended it
 */
public record Freeze(String rule, String by, String why, Instant at, Instant until) {
  public Freeze {
    requireNonNull(by);
    requireNonNull(why);
    requireNonNull(at);
    requireNonNull(until);
  }

  /** Whether it still holds. */
  public boolean holds(Instant now) {
    return now.isBefore(until);
  }

  /** Why a release may not start; empty if it may, because none holds or by its override. */
  public static Optional<String> refusal(Release release, List<Freeze> freezes, Instant now) {
    List<Freeze> holding = freezes.stream().filter(freeze -> freeze.holds(now)).toList();
    return holding.isEmpty() || release.overrides(CheckOverride.Check.FROZEN)
        ? Optional.empty()
        : Optional.of(
            holding.stream().map(Freeze::sentence).collect(Collectors.joining("; "))
                + "; wait, unfreeze it, or override frozen with a reason");
  }

  String sentence() {
    return "%s frozen until %s by %s: %s".formatted(what(), until, by, why);
  }

  String what() {
    return rule == null ? "every rule is" : "%s is".formatted(rule);
  }
}
