package io.crossfade.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Handler;
import io.crossfade.http.HttpRequest;
import io.crossfade.http.HttpResponse;
import io.crossfade.slack.SlackConfig;
import io.crossfade.slack.SlackSecrets;
import io.crossfade.slack.SlackSignature;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Receives clicks from Slack. A request that is not Slack's gets an error status and nothing else.
 * One that cannot be told for Slack's just now gets 503, at which Slack shows an error to whoever
 * clicked. Every other request gets 200, and the result is told in Slack.
 */
@Named(SlackCallbackHandler.NAME)
@Handler
public class SlackCallbackHandler implements RequestHandler<HttpRequest, HttpResponse> {
  static final String NAME = "slack-callback";

  private static final Logger LOG = Logger.getLogger(SlackCallbackHandler.class);

  private final SlackSecrets secrets;
  private final SlackConfig config;
  private final ObjectMapper json;
  private final ClickService clicks;
  private final CommandClickService commandClicks;
  private final Clock clock;

  public SlackCallbackHandler(
      SlackSecrets secrets,
      ClickService clicks,
      CommandClickService commandClicks,
      SlackConfig config,
      ObjectMapper json,
      Clock clock) {
    this.secrets = secrets;
    this.clicks = clicks;
    this.commandClicks = commandClicks;
    this.config = config;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public HttpResponse handleRequest(HttpRequest request, Context context) {
    ResponseDeadline deadline = new ResponseDeadline(System::nanoTime);
    if (CallbackBody.oversized(request)) {
      return HttpResponse.TOO_LARGE;
    }
    Optional<byte[]> body = request.bytes();
    if (body.isEmpty()) {
      return HttpResponse.MALFORMED;
    }
    return refusal(request, body.get()).orElseGet(() -> open(request, body.get(), deadline));
  }

  /** Nothing is done then, and nothing of the click is kept: it can be made again. */
  private Optional<HttpResponse> refusal(HttpRequest request, byte[] body) {
    Optional<SlackSignature> signature = SlackSignature.in(request.headers());
    if (signature.isEmpty() || !signature.get().fresh(clock.instant())) {
      return Optional.of(HttpResponse.UNAUTHORIZED);
    }
    try {
      boolean signed =
          signature.get().matches(secrets.current().signingSecret(), body)
              || signature.get().matches(secrets.renewed().signingSecret(), body);
      return signed ? Optional.empty() : Optional.of(HttpResponse.UNAUTHORIZED);
    } catch (RuntimeException unreadable) {
      LOG.error("the signing secret cannot be read: " + unreadable.getMessage());
      return Optional.of(HttpResponse.UNAVAILABLE);
    }
  }

  private HttpResponse open(HttpRequest request, byte[] body, ResponseDeadline deadline) {
    Optional<InteractionPayload> read =
        CallbackBody.payload(body).flatMap(this::object).map(InteractionPayload::read);
    if (read.isEmpty() || read.get() instanceof InteractionPayload.Malformed) {
      return HttpResponse.MALFORMED;
    }
    Instant now = request.receivedAt().orElseGet(clock::instant);
    // Java 17 switches over no sealed type.
    if (read.get() instanceof Click click) {
      return ours(click.by(), () -> clicks.take(click, now, deadline));
    }
    if (read.get() instanceof CommandClick click) {
      return ours(click.by(), () -> commandClicks.take(click, now, deadline));
    }
    if (read.get() instanceof RevertClick click) {
      return ours(click.by(), () -> commandClicks.take(click, deadline));
    }
    return HttpResponse.OK;
  }

  /** A setting that is missing matches nothing. */
  private HttpResponse ours(Clicker by, Runnable what) {
    if (!config.teamId().equals(Optional.of(by.teamId()))
        || !config.appId().equals(Optional.of(by.appId()))) {
      return HttpResponse.UNAUTHORIZED;
    }
    what.run();
    return HttpResponse.OK;
  }

  private Optional<Map<?, ?>> object(String text) {
    try {
      return json.readValue(text, Object.class) instanceof Map<?, ?> object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }
}
