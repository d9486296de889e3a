package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/** A check that someone chose to pass over, who it was, and why. Kept in the evidence. */
public record CheckOverride(List<Check> checks, String by, String why) {
  /** The checks that may be passed over; each is named in the refusal it would have caused. */
  public enum Check {
    /** ALARM_ALREADY_FIRING means a release starts although an alarm it watches is in ALARM. */
    ALARM_ALREADY_FIRING,
    /** NO_ALARMS means a release starts although no alarm watches either target group. */
    NO_ALARMS,
    /** ABANDONED_LOCK means it starts although the one before ended half way. */
    ABANDONED_LOCK,
    /** OLDER_BUILD means it starts although a build that is younger is live. */
    OLDER_BUILD,
    /** SHARED_TARGET_GROUP means it starts although another rule forwards to its groups, too. */
    SHARED_TARGET_GROUP,
    /** FROZEN means it starts although a person has said that none may. */
    FROZEN,
    /** BUSY means it starts although its load balancer has more requests than the stack says. */
    BUSY;

    /** As the input spells it: {@code alarm-already-firing}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public CheckOverride {
    checks = List.copyOf(checks);
    requireNonNull(by);
    requireNonNull(why);
  }

  public boolean covers(Check check) {
    return checks.contains(check);
  }
}
