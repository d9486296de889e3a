package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.sdk.Arns;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What Slack sends when a button is clicked
 * (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload).
 */
final class InteractionPayload {
  private InteractionPayload() {}

  static ObjectNode payload(
      SlackCredentials credentials,
      Message message,
      BlockKit.Button button,
      SlackUser user,
      String responseUrl,
      String actionTs) {
    ObjectNode payload = SlackJson.object().put("type", "block_actions");
    payload
        .putObject("user")
        .put("id", user.id())
        .put("username", user.name())
        .put("name", user.name())
        .put("team_id", credentials.teamId);
    payload.put("api_app_id", credentials.appId).put("token", credentials.verificationToken);
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", message.ts())
        .put("channel_id", message.channel())
        .put("is_ephemeral", false);
    payload.put("trigger_id", Arns.decimal(13) + "." + Arns.decimal(13) + "." + Arns.hex(32));
    payload.putObject("team").put("id", credentials.teamId).put("domain", credentials.teamDomain);
    payload.putNull("enterprise").put("is_enterprise_install", false);
    payload.putObject("channel").put("id", message.channel()).put("name", credentials.channelName);
    payload.set("message", MessageJson.of(message, credentials));
    payload.putObject("state").putObject("values");
    payload.put("response_url", responseUrl);
    payload.putArray("actions").add(action(button, actionTs));
    return payload;
  }

  private static ObjectNode action(BlockKit.Button button, String actionTs) {
    JsonNode element = button.element();
    ObjectNode action = SlackJson.object();
    if (element.has("confirm")) {
      action.set("confirm", element.get("confirm"));
    }
    action.put("action_id", element.get("action_id").asText());
    action.put("block_id", button.blockId());
    action.set("text", element.get("text"));
    for (String field : new String[] {"value", "style", "url"}) {
      if (element.has(field)) {
        action.set(field, element.get(field));
      }
    }
    return action.put("type", "button").put("action_ts", actionTs);
  }

  static String form(ObjectNode payload) {
    return "payload=" + URLEncoder.encode(payload.toString(), StandardCharsets.UTF_8);
  }
}
