package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A message as it stands in answers and interactions. */
final class MessageJson {
  private MessageJson() {}

  static ObjectNode of(Message message, SlackCredentials credentials) {
    ObjectNode json = SlackJson.object();
    if (message.source() == Message.Source.BOT) {
      json.put("user", credentials.botUserId).put("bot_id", credentials.botId);
    } else {
      json.put("subtype", "bot_message").put("bot_id", credentials.webhookId);
    }
    json.put("type", "message").put("ts", message.ts()).put("app_id", credentials.appId);
    json.put("text", message.text()).put("team", credentials.teamId);
    if (message.thread() != null) {
      json.put("thread_ts", message.thread());
    }
    if (!message.updates().isEmpty()) {
      json.putObject("edited").put("user", credentials.botId).put("ts", message.ts());
    }
    return json.set("blocks", message.blocks().deepCopy());
  }
}
