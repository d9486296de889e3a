package io.crossfade.rehearsal;

import io.crossfade.site.Behaviour;
import java.util.Locale;
import java.util.Optional;

/** What version 2 does in the rehearsal, and how its release must therefore end. */
public enum Scenario {
  /** HAPPY means that version 2 is good and goes live. */
  HAPPY(Behaviour.GOOD, "Released", true),

  /** UNHEALTHY means that version 2 never passes its health check and gets no traffic. */
  UNHEALTHY(Behaviour.NEVER_HEALTHY, "RolledBack", true),

  /** CHECK_FAILS means that version 2 fails its release's own check, which comes before users. */
  CHECK_FAILS(Behaviour.BROKEN, "RolledBack", true),

  /** ALARM means that version 2 fails requests once it has traffic, until an alarm says so. */
  ALARM(Behaviour.FAILS_UNDER_TRAFFIC, "RolledBack", false),

  /** WORSE means that version 2 fails three of a hundred requests, of which no alarm fires. */
  WORSE(Behaviour.SLIGHTLY_WORSE, "RolledBack", false),

  /** HANG means that version 2 passes its health check and answers nothing else. */
  HANG(Behaviour.HANGS, "RolledBack", false),

  /** REJECT means that version 2 is good, and the person who is asked says no. */
  REJECT(Behaviour.GOOD, "RolledBack", true),

  /** EXPIRE means that version 2 is good, and the person who is asked says nothing. */
  EXPIRE(Behaviour.GOOD, "RolledBack", true),

  /** DRIFT means that somebody else changes the weights at 50 %. */
  DRIFT(Behaviour.GOOD, "RolledBack", true),

  /** AUTOSCALER means that the autoscaler wants both services at their minimum all the time. */
  AUTOSCALER(Behaviour.GOOD, "Released", true),

  /** BLIP means that an alarm fires and clears between two polls at 50 %. */
  BLIP(Behaviour.GOOD, "RolledBack", true),

  /** FLAP means that one target of version 2 fails three health checks at 50 %. */
  FLAP(Behaviour.GOOD, "Released", true),

  /** ABORT means that somebody stops the execution at 50 %. */
  ABORT(Behaviour.GOOD, "RolledBack", true),

  /** LOCK means that somebody starts a second release of the same rule at 50 %. */
  LOCK(Behaviour.GOOD, "Released", true),

  /** PAUSE means that a person pauses the release at 50 % for two bakes, and continues it. */
  PAUSE(Behaviour.GOOD, "Released", true),

  /** PROMOTE means that a person skips the rest of the bake at 50 %. */
  PROMOTE(Behaviour.GOOD, "Released", true),

  /** ROLLBACK means that a person rolls the release back at 50 %. */
  ROLLBACK(Behaviour.GOOD, "RolledBack", true),

  /** FREEZE means that a person has frozen the rule before the release starts. */
  FREEZE(Behaviour.GOOD, "Refused", true),

  /** REVERT means that a person takes the release back after its end. */
  REVERT(Behaviour.GOOD, "Released", true);

  private final Behaviour newVersion;
  private final String expected;
  private final boolean flawless;

  Scenario(Behaviour newVersion, String expected, boolean flawless) {
    this.newVersion = newVersion;
    this.expected = expected;
    this.flawless = flawless;
  }

  /** How version 2 behaves. */
  public Behaviour newVersion() {
    return newVersion;
  }

  /** The state that the release must end in. */
  public String expected() {
    return expected;
  }

  /** Whether not one request may fail; otherwise those that version 2 got may. */
  public boolean flawless() {
    return flawless;
  }

  /** Who answers in Slack where the command line does not say; empty for whoever there is. */
  Optional<ApprovalMode> answering() {
    return switch (this) {
      case REJECT -> Optional.of(ApprovalMode.REJECT);
      case EXPIRE -> Optional.of(ApprovalMode.IGNORE);
      case HAPPY,
          UNHEALTHY,
          CHECK_FAILS,
          ALARM,
          WORSE,
          HANG,
          DRIFT,
          AUTOSCALER,
          BLIP,
          FLAP,
          ABORT,
          LOCK,
          PAUSE,
          PROMOTE,
          ROLLBACK,
          FREEZE,
          REVERT ->
          Optional.empty();
    };
  }

  /** The name as it is typed and printed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
