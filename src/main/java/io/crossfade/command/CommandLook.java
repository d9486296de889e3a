package io.crossfade.command;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the functions of a release do about commands when they look. The document alone remembers
 * what was taken up, so a look that is repeated does the same again, and one that dies takes
 * nothing up.
 */
@ApplicationScoped
public class CommandLook {
  private final CommandStore store;

  public CommandLook(CommandStore store) {
    this.store = store;
  }

  /**
   * Decides, takes up a command that waits, and decides again. What turns the release back anyway
   * is decided without reading commands, so that it does not depend on it. The end of a pause does
   * not by itself: a command may have ended the pause before.
   *
   * @param rollBack the policy's action for going back
   */
  public <A extends Enum<A> & Decision.Action> Commanded<A> decide(
      Deployment deployment,
      CommandStage at,
      Instant now,
      A rollBack,
      Function<Deployment, Decision<A>> policy) {
    Decision<A> seen = policy.apply(CommandPolicy.withinItsPause(deployment, now));
    if (seen.action() == rollBack) {
      return new Commanded<>(deployment, seen);
    }
    Taken taken = CommandPolicy.takeUp(deployment, at, last(deployment), now);
    if (taken.rollback() != null) {
      Deployment turned = taken.deployment().with(taken.deployment().commands().turnedBack());
      return new Commanded<>(turned, Decision.of(rollBack, taken.rollback()));
    }
    return new Commanded<>(taken.deployment(), policy.apply(taken.deployment()));
  }

  /** Why the release must go back, if a person has said so and it was not taken up yet. */
  public Optional<String> rollback(Deployment deployment, CommandStage at, Instant now) {
    return Optional.ofNullable(
        CommandPolicy.takeUp(deployment, at, last(deployment), now).rollback());
  }

  private Optional<GivenCommand> last(Deployment deployment) {
    return store.last(deployment.id()).map(Versioned::document);
  }
}
