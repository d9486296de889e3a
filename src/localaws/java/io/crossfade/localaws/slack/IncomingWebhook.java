package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.http.WebRequest;
import io.crossfade.localaws.http.WebResponse;

/**
 * The app's incoming webhook; it answers in plain text
 * (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors).
 */
final class IncomingWebhook {
  private final SlackCredentials credentials;
  private final Channel channel;

  IncomingWebhook(SlackCredentials credentials, Channel channel) {
    this.credentials = credentials;
    this.channel = channel;
  }

  WebResponse respond(WebRequest request) {
    String[] parts = request.path().split("/");
    if (parts.length != 5 || !parts[2].equals(credentials.teamId)) {
      return WebResponse.text(404, "no_team");
    }
    if (!parts[3].equals(credentials.webhookId) || credentials.revoked()) {
      return WebResponse.text(404, "no_service");
    }
    if (!parts[4].equals(credentials.webhookToken)) {
      return WebResponse.text(403, "invalid_token");
    }
    try {
      JsonNode message = SlackJson.parse(request.text(), "invalid_payload");
      channel.post(Message.Source.WEBHOOK, MessageContent.from(message, MessageContent.MAX_POST));
      return WebResponse.text(200, "ok");
    } catch (SlackError refused) {
      return WebResponse.text(400, refused.error());
    }
  }
}
