package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.http.WebRequest;
import io.crossfade.localaws.http.WebResponse;
import java.util.Set;

/**
 * chat.postMessage and chat.update (https://docs.slack.dev/reference/methods/chat.postMessage,
 * https://docs.slack.dev/reference/methods/chat.update). Refusals come with HTTP 200.
 */
final class WebApi {
  private static final Set<String> POST =
      Set.of(
          "channel",
          "text",
          "blocks",
          "token",
          "mrkdwn",
          "unfurl_links",
          "unfurl_media",
          "parse",
          "link_names",
          "metadata",
          "thread_ts",
          "reply_broadcast");
  private static final Set<String> UPDATE =
      Set.of(
          "channel", "ts", "text", "blocks", "token", "parse", "link_names", "metadata", "as_user");

  private final SlackCredentials credentials;
  private final Channel channel;

  WebApi(SlackCredentials credentials, Channel channel) {
    this.credentials = credentials;
    this.channel = channel;
  }

  WebResponse respond(WebRequest request) {
    ObjectNode answer;
    try {
      answer = call(request.path().substring("/api/".length()), request);
    } catch (SlackError refused) {
      answer = refusal(refused);
    }
    if (request.mediaType().equals("application/json")
        && !request.header("content-type").contains("charset")) {
      answer.put("warning", "missing_charset");
    }
    return WebResponse.json(200, answer.toString()).with("X-OAuth-Scopes", "chat:write");
  }

  private ObjectNode call(String method, WebRequest request) {
    if (!Set.of("chat.postMessage", "chat.update").contains(method)) {
      throw new SlackError("unknown_method");
    }
    if (!request.method().equals("POST")) {
      throw new SlackError("insecure_request");
    }
    ObjectNode arguments = WebApiArguments.of(request);
    credentials.require(WebApiArguments.token(request, arguments));
    return method.equals("chat.update") ? update(arguments) : post(arguments);
  }

  private ObjectNode post(ObjectNode arguments) {
    WebApiArguments.only(arguments, POST);
    String to = arguments.path("channel").asText("");
    String name = to.startsWith("#") ? to.substring(1) : to;
    if (!name.equals(credentials.channelId) && !name.equals(credentials.channelName)) {
      throw new SlackError("channel_not_found");
    }
    channel.requireMember();
    MessageContent content = MessageContent.from(arguments, MessageContent.MAX_POST);
    String thread = arguments.path("thread_ts").asText(null);
    if (thread != null && channel.find(thread).filter(m -> m.thread() == null).isEmpty()) {
      throw new SlackError("thread_not_found");
    }
    boolean broadcast = thread != null && arguments.path("reply_broadcast").asBoolean();
    return answer(channel.reply(Message.Source.BOT, content, thread, broadcast));
  }

  /** Without blocks the text takes the place of those that were there. */
  private ObjectNode update(ObjectNode arguments) {
    WebApiArguments.only(arguments, UPDATE);
    if (!arguments.path("channel").asText("").equals(credentials.channelId)) {
      throw new SlackError("channel_not_found");
    }
    Message before =
        channel
            .find(arguments.path("ts").asText(""))
            .orElseThrow(() -> new SlackError("message_not_found"));
    if (before.source() != Message.Source.BOT) {
      throw new SlackError("cant_update_message");
    }
    MessageContent content = MessageContent.from(arguments, MessageContent.MAX_UPDATE);
    return answer(channel.update(before.ts(), content)).put("text", content.text());
  }

  private ObjectNode answer(Message message) {
    ObjectNode answer = SlackJson.object().put("ok", true);
    answer.put("channel", message.channel()).put("ts", message.ts());
    JsonNode shown = MessageJson.of(message, credentials);
    return answer.set("message", shown);
  }

  private static ObjectNode refusal(SlackError refused) {
    ObjectNode answer = SlackJson.object().put("ok", false).put("error", refused.error());
    if (!refused.details().isEmpty()) {
      answer.set("errors", SlackJson.MAPPER.valueToTree(refused.details()));
      answer
          .putObject("response_metadata")
          .set("messages", SlackJson.MAPPER.valueToTree(refused.details()));
    }
    return answer;
  }
}
