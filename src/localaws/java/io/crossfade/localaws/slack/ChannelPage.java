package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.http.WebRequest;
import io.crossfade.localaws.http.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channel as a person sees it: a page, what it shows, and its clicks. */
final class ChannelPage {
  private static final List<SlackUser> PEOPLE = List.of(LocalSlack.ANN, LocalSlack.BEN);

  private final LocalSlack slack;
  private final SlackCredentials credentials;

  ChannelPage(LocalSlack slack, SlackCredentials credentials) {
    this.slack = slack;
    this.credentials = credentials;
  }

  WebResponse respond(WebRequest request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /" -> WebResponse.of(200, "text/html; charset=utf-8", resource());
      case "GET /messages.json" -> WebResponse.json(200, content().toString());
      case "POST /click" -> click(request);
      default -> WebResponse.text(404, "not found");
    };
  }

  private static String resource() {
    try (InputStream in = ChannelPage.class.getResourceAsStream("channel.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectNode content() {
    ObjectNode content = SlackJson.object().put("channel", credentials.channelName);
    content.set("people", SlackJson.MAPPER.valueToTree(PEOPLE));
    List<ObjectNode> items = new ArrayList<>();
    slack.messages().stream().filter(m -> !m.deleted()).map(this::item).forEach(items::add);
    slack.ephemeralMessages().stream().map(ChannelPage::item).forEach(items::add);
    items.sort(Comparator.comparing(ChannelPage::place));
    ArrayNode list = content.putArray("items");
    items.forEach(list::add);
    return content;
  }

  /** A reply that the channel is not shown stands under the message that it answers. */
  private static String place(ObjectNode item) {
    String ts = item.get("ts").asText();
    return item.has("thread") ? item.get("thread").asText() + " " + ts : ts;
  }

  private ObjectNode item(Message message) {
    ObjectNode item = item(message.ts(), message.text(), message.blocks());
    if (!message.inChannel()) {
      item.put("thread", message.thread());
    }
    item.put("changes", message.updates().size());
    lastClick(message.ts())
        .filter(click -> !click.answer().ok())
        .ifPresent(click -> item.put("error", click.answer().error()));
    return item;
  }

  private Optional<RecordedClick> lastClick(String ts) {
    return slack.clicks().stream()
        .filter(click -> click.messageTs().equals(ts))
        .reduce((one, next) -> next);
  }

  private static ObjectNode item(EphemeralMessage message) {
    return item(message.ts(), message.text(), message.blocks()).put("to", message.to());
  }

  private static ObjectNode item(String ts, String text, JsonNode blocks) {
    Map<String, String> names =
        Map.of(PEOPLE.get(0).id(), PEOPLE.get(0).name(), PEOPLE.get(1).id(), PEOPLE.get(1).name());
    return SlackJson.object().put("ts", ts).put("html", BlockHtml.of(ts, text, blocks, names));
  }

  /** JSON only: another site's page cannot send it without being asked for leave, and gets none. */
  private WebResponse click(WebRequest request) {
    if (!request.mediaType().equals("application/json")) {
      return WebResponse.text(415, "application/json only");
    }
    return click(SlackJson.parse(request.text(), "invalid_json"))
        .map(answer -> SlackJson.object().put("ok", answer.ok()).put("error", answer.error()))
        .map(seen -> WebResponse.json(200, seen.toString()))
        .orElseGet(() -> WebResponse.text(404, "no such button"));
  }

  /** Empty if there is no such button or person. */
  Optional<ClickResponse> click(JsonNode click) {
    String action = click.path("action").asText();
    Optional<SlackUser> user =
        PEOPLE.stream().filter(p -> p.id().equals(click.path("user").asText())).findFirst();
    return slack.messages().stream()
        .filter(m -> m.ts().equals(click.path("ts").asText()) && !m.deleted())
        .filter(m -> m.actions().contains(action))
        .findFirst()
        .flatMap(message -> user.map(person -> slack.click(message, action, person)));
  }
}
