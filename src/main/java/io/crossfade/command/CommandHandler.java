package io.crossfade.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Handler;
import io.crossfade.command.CommandResult.Status;
import io.crossfade.http.HttpRequest;
import io.crossfade.http.HttpResponse;
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
public class CommandHandler implements RequestHandler<HttpRequest, HttpResponse> {
  private static final Logger LOG = Logger.getLogger(CommandHandler.class);

  private final CommandService commands;
  private final FreezeService freezes;
  private final RevertService reverts;
  private final ObjectMapper json;

  public CommandHandler(
      CommandService commands, FreezeService freezes, RevertService reverts, ObjectMapper json) {
    this.commands = commands;
    this.freezes = freezes;
    this.reverts = reverts;
    this.json = json;
  }

  @Override
  public HttpResponse handleRequest(HttpRequest event, Context context) {
    CommandResult result =
        event
            .caller()
            .map(by -> take(event, by))
            .orElseGet(() -> new CommandResult(Status.NOBODY, "nobody is known to have signed it"));
    LOG.info("%d: %s".formatted(result.status().code(), result.sentence()));
    return HttpResponse.json(
        result.status().code(),
        json.createObjectNode().put("message", result.sentence()).toString());
  }

  private CommandResult take(HttpRequest event, String by) {
    CommandRequest request =
        object(event)
            .map(CommandRequest::of)
            .orElseGet(() -> new CommandRequest.Malformed("expected a JSON object"));
    // Java 17 switches over no sealed type.
    if (request instanceof CommandRequest.OfRelease given) {
      return commands.give(
          given.deployment(),
          new GivenCommand(
              event.requestContext().requestId(),
              given.command(),
              given.weight(),
              by,
              given.why(),
              event.receivedAt().orElseThrow()),
          anyRelease -> Optional.empty());
    }
    if (request instanceof CommandRequest.OfRevert revert) {
      return reverts.revert(revert.deployment(), by, revert.why());
    }
    if (request instanceof CommandRequest.OfFreeze freeze) {
      return freezes.freeze(freeze, by, event.receivedAt().orElseThrow());
    }
    if (request instanceof CommandRequest.OfUnfreeze unfreeze) {
      return freezes.unfreeze(unfreeze, by, event.receivedAt().orElseThrow());
    }
    return new CommandResult(Status.MALFORMED, ((CommandRequest.Malformed) request).problems());
  }

  private Optional<Map<?, ?>> object(HttpRequest event) {
    try {
      return event.bytes().isPresent()
              && json.readValue(new String(event.bytes().get(), UTF_8), Object.class)
                  instanceof Map<?, ?> fields
          ? Optional.of(fields)
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }
}
