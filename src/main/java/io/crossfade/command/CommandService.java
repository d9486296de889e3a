package io.crossfade.command;

import static io.crossfade.command.CommandResult.Status.GIVEN;
import static io.crossfade.command.CommandResult.Status.ILLEGAL;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.execution.EnteredState;
import io.crossfade.execution.Executions;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Timings;
import io.crossfade.release.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives a release a command, if it means anything where the release is. */
@ApplicationScoped
public class CommandService {
  private static final int TRIES = 3;
  private static final String STOPPED =
      "its execution has ended, but the release is not over; "
          + "unless its restore has begun, start {\"restore\": \"%s\"}";

  private final Executions executions;
  private final CommandStore store;
  private final OpenQuestion question;
  private final ObjectMapper json;
  private final Optional<String> prefix;

  /**
   * @param prefix what comes before an execution's name in its ARN, without the last colon
   */
  public CommandService(
      Executions executions,
      CommandStore store,
      OpenQuestion question,
      ObjectMapper json,
      @ConfigProperty(name = "crossfade.execution-arn-prefix") Optional<String> prefix) {
    this.executions = executions;
    this.store = store;
    this.question = question;
    this.json = json;
    this.prefix = prefix;
  }

  /**
   * @param refusal why this person may not give it to the release as it is, if it means anything
   *     there
   */
  public CommandResult give(
      String deployment, GivenCommand given, Function<Deployment, Optional<String>> refusal) {
    return executions
        .lastEntered(prefix.orElseThrow() + ":" + deployment)
        .map(entered -> give(deployment, given, entered, refusal))
        .orElseGet(() -> CommandResult.unknown(deployment));
  }

  private CommandResult give(
      String id,
      GivenCommand given,
      EnteredState entered,
      Function<Deployment, Optional<String>> refusal) {
    CommandStage named = CommandStage.of(entered.name());
    if (entered.status().endedBadly() && named != CommandStage.OVER) {
      return illegal(given, STOPPED.formatted(id));
    }
    // Where nothing may be rolled back, nothing is legal, and the input may be no document.
    if (CommandPolicy.problem(Command.ROLLBACK, named).isPresent()) {
      return illegal(given, CommandPolicy.problem(given.command(), named).orElseThrow());
    }
    Deployment document = document(entered);
    return CommandPolicy.problem(given, named.in(document), document)
        .or(() -> refusal.apply(document))
        .map(problem -> illegal(given, problem))
        .orElseGet(() -> store(id, given, document));
  }

  private static CommandResult illegal(GivenCommand given, String problem) {
    return CommandResult.illegal(given.command().label(), problem);
  }

  /**
   * One waits at a time. Only a rollback takes the place of another command, and also of one that
   * is given at the same moment. A write may be done and its answer lost; its retry is refused, and
   * what is found then is the command itself. So it is where the request was sent again.
   */
  private CommandResult store(String id, GivenCommand given, Deployment document) {
    boolean rollback = given.command() == Command.ROLLBACK;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Versioned<GivenCommand>> found = store.last(id);
      GivenCommand waiting =
          found.map(Versioned::document).filter(last -> last.awaits(document)).orElse(null);
      if (rollback && waiting != null && waiting.command() == Command.ROLLBACK) {
        return rollBack(id, waiting, document);
      }
      if (!rollback && waiting != null) {
        return waiting.id().equals(given.id()) ? given(waiting, document) : waits(waiting);
      }
      if (store.give(id, found, given)) {
        return rollback ? rollBack(id, given, document) : given(given, document);
      }
    }
    return illegal(given, "other commands are given all the time; give it again");
  }

  /** After it is stored, so that a question that is just being asked finds it. */
  private CommandResult rollBack(String id, GivenCommand stored, Deployment document) {
    question.reject(id, stored);
    return given(stored, document);
  }

  private static CommandResult given(GivenCommand stored, Deployment document) {
    String told =
        "%s; the release takes it up at its next look, in %d s at most while it is watched"
            .formatted(stored.sentence(), Timings.LATE_POLL_SECONDS);
    return new CommandResult(
        GIVEN, stored.command() == Command.PAUSE ? told + end(stored, document) : told);
  }

  /** It counts from the look, which comes after this. */
  private static String end(GivenCommand pause, Deployment document) {
    return "; it is rolled back at %s or up to a look later, unless somebody ends the pause before"
        .formatted(pause.at().plusSeconds(CommandPolicy.pauseSecondsLeft(document)));
  }

  private static CommandResult waits(GivenCommand other) {
    return new CommandResult(
        ILLEGAL,
        "another command waits to be taken up, of %s: %s".formatted(other.at(), other.sentence()));
  }

  private Deployment document(EnteredState entered) {
    try {
      return json.readValue(entered.input(), Deployment.class);
    } catch (JsonProcessingException unreadable) {
      throw new PermanentFailure("the deployment document cannot be read", unreadable);
    }
  }
}
