package io.crossfade.command;

import static io.crossfade.command.CommandResult.Status.DONE;
import static io.crossfade.command.CommandResult.Status.MALFORMED;

import io.crossfade.release.Arn;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Begins and ends freezes. Who writes last is right, and every version is kept. */
@ApplicationScoped
public class FreezeService {
  static final Duration LONGEST = Duration.ofDays(90);

  private final FreezeStore store;
  private final Optional<String> prefix;

  /**
   * @param prefix what comes before an execution's name in its ARN, without the last colon
   */
  public FreezeService(
      FreezeStore store,
      @ConfigProperty(name = "crossfade.execution-arn-prefix") Optional<String> prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  CommandResult freeze(CommandRequest.OfFreeze request, String by, Instant now) {
    String here = Arn.place(prefix.orElseThrow());
    // Nothing is released elsewhere, so a freeze would hold nothing there.
    if (request.rule() != null && !Arn.place(request.rule()).equals(here)) {
      return new CommandResult(
          MALFORMED,
          "rule: expected one %s, found one %s".formatted(here, Arn.place(request.rule())));
    }
    if (!request.until().isAfter(now) || request.until().isAfter(now.plus(LONGEST))) {
      return CommandResult.illegal(
          "freeze", "it must end after %s and within %d days".formatted(now, LONGEST.toDays()));
    }
    Freeze freeze = new Freeze(request.rule(), by, request.why(), now, request.until());
    store.put(freeze);
    return new CommandResult(DONE, freeze.sentence() + "; a release that is under way goes on");
  }

  CommandResult unfreeze(CommandRequest.OfUnfreeze request, String by, Instant now) {
    Optional<Freeze> holding = store.find(request.rule()).filter(found -> found.holds(now));
    if (holding.isEmpty()) {
      return CommandResult.illegal("unfreeze", "nothing is frozen there");
    }
    store.put(new Freeze(request.rule(), by, request.why(), now, now));
    return new CommandResult(DONE, "over: " + holding.get().sentence());
  }
}
