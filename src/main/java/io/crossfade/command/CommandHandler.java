package io.crossfade.command;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Handler;
import io.crossfade.command.CommandAnswer.Status;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes a person's command. Who it is, API Gateway has found out from the request's signature;
 * Lambda itself tells no function who has invoked it.
 */
@Named("command")
@Handler
public class CommandHandler implements RequestHandler<CommandEvent, CommandAnswer> {
  private static final Logger LOG = Logger.getLogger(CommandHandler.class);

  private final CommandService commands;
  private final FreezeService freezes;
  private final ObjectMapper json;

  public CommandHandler(CommandService commands, FreezeService freezes, ObjectMapper json) {
    this.commands = commands;
    this.freezes = freezes;
    this.json = json;
  }

  @Override
  public CommandAnswer handleRequest(CommandEvent event, Context context) {
    CommandResult result =
        event
            .caller()
            .map(by -> take(event, by))
            .orElseGet(() -> new CommandResult(Status.NOBODY, "nobody is known to have signed it"));
    LOG.info("%d: %s".formatted(result.status().code(), result.sentence()));
    return new CommandAnswer(
        result.status().code(),
        Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
        json.createObjectNode().put("message", result.sentence()).toString());
  }

  private CommandResult take(CommandEvent event, String by) {
    CommandRequest request =
        object(event)
            .map(CommandRequest::of)
            .orElseGet(() -> new CommandRequest.Malformed("expected a JSON object"));
    // Java 17 switches over no sealed type.
    if (request instanceof CommandRequest.OfRelease given) {
      return commands.give(
          given.deployment(),
          new GivenCommand(
              event.requestId(),
              given.command(),
              given.weight(),
              by,
              given.why(),
              event.receivedAt()),
          anyRelease -> Optional.empty());
    }
    if (request instanceof CommandRequest.OfFreeze freeze) {
      return freezes.freeze(freeze, by, event.receivedAt());
    }
    if (request instanceof CommandRequest.OfUnfreeze unfreeze) {
      return freezes.unfreeze(unfreeze, by, event.receivedAt());
    }
    return new CommandResult(Status.MALFORMED, ((CommandRequest.Malformed) request).problems());
  }

  private Optional<Map<?, ?>> object(CommandEvent event) {
    try {
      return event.text().isPresent()
              && json.readValue(event.text().get(), Object.class) instanceof Map<?, ?> fields
          ? Optional.of(fields)
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }
}
