package io.crossfade.slack;

import io.crossfade.aws.Adapter;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Slack over HTTP: with a bot token by {@code chat.postMessage} and {@code chat.update}, else by an
 * incoming webhook. What fails is told without its cause, which may hold an address that is a
 * secret.
 */
@Adapter
public class RestMessenger implements Messenger {
  /** Slack's words for a token that no longer works (chat.postMessage, Errors). */
  private static final Set<String> INVALID =
      Set.of("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive");

  private static final Set<String> PASSING =
      Set.of(
          "ratelimited",
          "rate_limited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout");

  private final RestSlackApi api;
  private final RestSlackHooks hooks;
  private final SlackSecrets secrets;
  private final SlackConfig config;

  public RestMessenger(
      @RestClient RestSlackApi api,
      @RestClient RestSlackHooks hooks,
      SlackSecrets secrets,
      SlackConfig config) {
    this.api = api;
    this.hooks = hooks;
    this.secrets = secrets;
    this.config = config;
  }

  @Override
  public PostedMessage post(SlackMessage message) {
    return post(message, Map.of());
  }

  @Override
  public PostedMessage reply(PostedMessage posted, SlackMessage message, boolean broadcast) {
    return post(
        message,
        posted.changeable()
            ? Map.of("thread_ts", posted.ts(), "reply_broadcast", broadcast)
            : Map.of());
  }

  private PostedMessage post(SlackMessage message, Map<String, Object> thread) {
    return renewing(
        secret ->
            secret.botToken() == null
                ? webhook(secret.webhookUrl(), message)
                : posted(secret.botToken(), message, thread));
  }

  private PostedMessage posted(String token, SlackMessage message, Map<String, Object> thread) {
    Map<String, Object> body = body(message);
    body.putAll(thread);
    body.put("channel", SlackConfig.needed(config.channel(), "SlackChannel"));
    Map<?, ?> answer = call("chat.postMessage", token, body);
    return new PostedMessage(
        String.valueOf(answer.get("channel")), String.valueOf(answer.get("ts")));
  }

  private PostedMessage webhook(String url, SlackMessage message) {
    int status = status(url, body(message));
    if (status == 403 || status == 404 || status == 410) {
      throw new InvalidSecret("the incoming webhook (HTTP %d)".formatted(status));
    }
    accepted(status, "the incoming webhook");
    return PostedMessage.UNKNOWN;
  }

  @Override
  public void change(PostedMessage posted, SlackMessage message) {
    if (posted.changeable() && secrets.current().botToken() != null) {
      Map<String, Object> body = body(message);
      body.put("channel", posted.channel());
      body.put("ts", posted.ts());
      renewing(secret -> call("chat.update", secret.botToken(), body));
    }
  }

  @Override
  public void replace(String responseUrl, SlackMessage message) {
    Map<String, Object> body = body(message);
    body.put("replace_original", true);
    answer(responseUrl, body);
  }

  @Override
  public void whisper(String responseUrl, String text) {
    answer(
        responseUrl, Map.of("response_type", "ephemeral", "replace_original", false, "text", text));
  }

  private void answer(String responseUrl, Map<String, Object> body) {
    if (!responseUrl.startsWith(config.hooksUrl())) {
      throw new PermanentFailure("the answer's address is not one of Slack's");
    }
    accepted(status(responseUrl, body), "the answer to a click");
  }

  private static Map<String, Object> body(SlackMessage message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("text", message.text());
    if (!message.blocks().isEmpty()) {
      body.put("blocks", message.blocks());
    }
    return body;
  }

  /** Tries once more with a fresh secret when Slack no longer takes the one that was kept. */
  private <T> T renewing(Function<SlackSecret, T> call) {
    try {
      return call.apply(secrets.current());
    } catch (InvalidSecret rotated) {
      try {
        return call.apply(secrets.renewed());
      } catch (InvalidSecret still) {
        throw new PermanentFailure("Slack does not accept " + still.getMessage());
      }
    }
  }

  private Map<?, ?> call(String method, String token, Map<String, Object> body) {
    try (Response response = reached(() -> api.call(method, "Bearer " + token, body))) {
      accepted(response.getStatus(), method);
      Map<?, ?> answer = response.readEntity(Map.class);
      if (Boolean.TRUE.equals(answer.get("ok"))) {
        return answer;
      }
      throw refused(method, String.valueOf(answer.get("error")), details(answer));
    } catch (ProcessingException unreadable) {
      throw new TransientFailure("Slack's answer to %s cannot be read".formatted(method), null);
    }
  }

  /** Where Slack says what it is about, such as which block it does not take. */
  private static String details(Map<?, ?> answer) {
    return answer.get("response_metadata") instanceof Map<?, ?> more
            && more.get("messages") instanceof List<?> messages
        ? " " + messages
        : "";
  }

  private static RuntimeException refused(String method, String error, String details) {
    if (INVALID.contains(error)) {
      return new InvalidSecret("the bot token (%s)".formatted(error));
    }
    String sentence = "Slack answered %s to %s%s".formatted(error, method, details);
    return PASSING.contains(error)
        ? new TransientFailure(sentence)
        : new PermanentFailure(sentence);
  }

  private int status(String url, Map<String, Object> body) {
    try (Response response = reached(() -> hooks.send(url, body))) {
      return response.getStatus();
    }
  }

  /** An HTTP error is an answer, and not being answered is worth another try. */
  private static Response reached(Supplier<Response> call) {
    try {
      return call.get();
    } catch (WebApplicationException answered) {
      return answered.getResponse();
    } catch (ProcessingException unreachable) {
      throw new TransientFailure("Slack could not be reached", null);
    }
  }

  private static void accepted(int status, String what) {
    if (status == 429 || status >= 500) {
      throw new TransientFailure("Slack answered HTTP %d to %s".formatted(status, what));
    }
    if (status >= 300) {
      throw new PermanentFailure("Slack answered HTTP %d to %s".formatted(status, what));
    }
  }

  /** Slack no longer takes the secret. */
  private static final class InvalidSecret extends RuntimeException {
    InvalidSecret(String what) {
      super(what);
    }
  }
}
