package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

/** A workspace on a clock that stands still, and an app that talks to it. */
final class SlackBench implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.000001Z");
  static final String ASK =
      "[{'type':'section','text':{'type':'mrkdwn','text':'*Release?*'}},"
          + "{'type':'actions','block_id':'ask','elements':["
          + "{'type':'button','text':{'type':'plain_text','text':'Approve'},'action_id':'approve',"
          + "'value':'t-1','style':'primary'},"
          + "{'type':'button','text':{'type':'plain_text','text':'Stop'},'action_id':'stop',"
          + "'confirm':{'title':{'type':'plain_text','text':'Stop?'},"
          + "'text':{'type':'plain_text','text':'Traffic goes back.'},"
          + "'confirm':{'type':'plain_text','text':'Stop'},"
          + "'deny':{'type':'plain_text','text':'No'}}}]}]";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final LocalSlack slack = new LocalSlack(() -> NOW);

  /** Calls a method as the bot; single quotes stand for double ones. */
  JsonNode call(String method, String arguments) {
    return call(method, arguments, slack.botToken());
  }

  JsonNode call(String method, String arguments, String token) {
    HttpRequest.Builder request =
        post(slack.apiUrl() + "/" + method, arguments, "application/json; charset=utf-8");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return SlackJson.parse(send(request).body(), "not JSON");
  }

  /** Posts buttons to the channel. */
  Message ask() {
    call(
        "chat.postMessage",
        "{'channel':'" + slack.channelId() + "','text':'Release?','blocks':" + ASK + "}");
    return slack.messages().get(slack.messages().size() - 1);
  }

  static HttpRequest.Builder post(String url, String body, String type) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body.replace('\'', '"')));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    slack.close();
  }
}
