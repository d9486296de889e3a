package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.http.WebRequest;
import io.crossfade.localaws.http.WebResponse;
import io.crossfade.localaws.sdk.Arns;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The response_urls that interactions carry: each may be used five times within 30 minutes
 * (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
 */
final class ResponseUrls {
  private static final int USES = 5;
  private static final Duration LIFE = Duration.ofMinutes(30);

  private final SlackCredentials credentials;
  private final Channel channel;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private volatile Supplier<Instant> clock = Instant::now;

  private record Grant(String messageTs, String userId, Instant until, AtomicInteger left) {}

  ResponseUrls(SlackCredentials credentials, Channel channel) {
    this.credentials = credentials;
    this.channel = channel;
  }

  void clock(Supplier<Instant> world) {
    clock = world;
  }

  void clear() {
    grants.clear();
  }

  /** The path of a new one. */
  String grant(String messageTs, String userId) {
    String path =
        "/actions/" + credentials.teamId + "/" + Arns.decimal(13) + "/" + credentials.token(24);
    Instant until = clock.get().plus(LIFE);
    grants.put(path, new Grant(messageTs, userId, until, new AtomicInteger(USES)));
    return path;
  }

  WebResponse respond(WebRequest request) {
    Grant grant = grants.get(request.path());
    if (grant == null) {
      return refusal(404, "invalid_url");
    }
    if (!clock.get().isBefore(grant.until())) {
      return refusal(404, "expired_url");
    }
    if (grant.left().getAndDecrement() <= 0) {
      return refusal(404, "used_url");
    }
    try {
      act(grant, SlackJson.parse(request.text(), "invalid_payload"));
      return WebResponse.json(200, "{\"ok\":true}");
    } catch (SlackError refused) {
      return refusal(refused.error().equals("message_not_found") ? 404 : 400, refused.error());
    }
  }

  private void act(Grant grant, JsonNode body) {
    if (body.path("delete_original").asBoolean()) {
      channel.delete(grant.messageTs());
      return;
    }
    MessageContent content = MessageContent.from(body, MessageContent.MAX_POST);
    if (body.path("replace_original").asBoolean()) {
      channel.update(grant.messageTs(), content);
    } else if (body.path("response_type").asText("ephemeral").equals("ephemeral")) {
      channel.sendEphemeral(grant.userId(), content);
    } else {
      channel.post(Message.Source.BOT, content);
    }
  }

  private static WebResponse refusal(int status, String error) {
    return WebResponse.json(status, "{\"ok\":false,\"error\":\"" + error + "\"}");
  }
}
