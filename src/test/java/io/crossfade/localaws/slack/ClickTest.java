package io.crossfade.localaws.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.http.WebRequest;
import io.crossfade.localaws.http.WebResponse;
import io.crossfade.localaws.http.WebServer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClickTest {
  private final SlackBench bench = new SlackBench();
  private final LocalSlack slack = bench.slack;
  private final AtomicReference<WebRequest> got = new AtomicReference<>();
  private volatile WebResponse appAnswers = WebResponse.text(200, "");
  private final WebServer app =
      new WebServer(
          "app",
          100_000,
          request -> {
            got.set(request);
            return appAnswers;
          });

  ClickTest() {
    slack.requestUrl(URI.create(app.url() + "/slack"));
  }

  @AfterEach
  void close() {
    app.close();
    bench.close();
  }

  private JsonNode payload() {
    String body = got.get().text();
    assertThat(body).startsWith("payload=%7B%22type%22%3A%22block_actions%22");
    return SlackJson.parse(
        URLDecoder.decode(body.substring("payload=".length()), StandardCharsets.UTF_8), "no JSON");
  }

  @Test
  void appGetsWhatSlackWouldSend() {
    Message message = bench.ask();
    ClickResponse answer = slack.click(message, "stop", LocalSlack.BEN);
    assertThat(answer.ok()).isTrue();
    assertThat(answer.inTime()).isTrue();
    JsonNode payload = payload();
    assertThat(payload.fieldNames())
        .toIterable()
        .containsExactly(
            "type",
            "user",
            "api_app_id",
            "token",
            "container",
            "trigger_id",
            "team",
            "enterprise",
            "is_enterprise_install",
            "channel",
            "message",
            "state",
            "response_url",
            "actions");
    assertThat(payload.at("/user/id").textValue()).isEqualTo("U0LOCALBEN1");
    assertThat(payload.at("/user/team_id").textValue()).isEqualTo(slack.teamId());
    assertThat(payload.at("/api_app_id").textValue()).isEqualTo(slack.appId());
    assertThat(payload.at("/container/message_ts").textValue()).isEqualTo(message.ts());
    assertThat(payload.at("/channel/id").textValue()).isEqualTo(slack.channelId());
    assertThat(payload.at("/message/blocks").size()).isEqualTo(2);
    assertThat(payload.at("/response_url").textValue()).startsWith(slack.url() + "/actions/T");
    JsonNode action = payload.at("/actions/0");
    assertThat(action.get("action_id").textValue()).isEqualTo("stop");
    assertThat(action.get("block_id").textValue()).isEqualTo("ask");
    assertThat(action.at("/text/text").textValue()).isEqualTo("Stop");
    assertThat(action.at("/confirm/title/text").textValue()).isEqualTo("Stop?");
    assertThat(action.has("value")).isFalse();
    assertThat(action.get("type").textValue()).isEqualTo("button");
  }

  @Test
  void requestIsSigned() {
    slack.click(bench.ask(), "approve", LocalSlack.ANN);
    WebRequest request = got.get();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.mediaType()).isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.header("user-agent"))
        .isEqualTo("Slackbot 1.0 (+https://api.slack.com/robots)");
    assertThat(request.header("x-slack-request-timestamp")).isEqualTo("1772366400");
    assertThat(request.header("x-slack-signature"))
        .matches("v0=[0-9a-f]{64}")
        .isEqualTo(slack.sign(request.text(), 1772366400));
    assertThat(payload().at("/actions/0/value").textValue()).isEqualTo("t-1");
  }

  /** The example of https://docs.slack.dev/authentication/verifying-requests-from-slack. */
  @Test
  void signatureIsSlacks() {
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
            + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    assertThat(
            RequestSignature.of(
                "8f742231b10e8888abcd99yyyzzz85a5",
                body.getBytes(StandardCharsets.UTF_8),
                1531420618))
        .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
  }

  @Test
  void oldViewOfAMessageCanBeClicked() {
    Message seen = bench.ask();
    bench.call(
        "chat.update",
        "{'channel':'" + slack.channelId() + "','ts':'" + seen.ts() + "','text':'Approved'}");
    assertThat(slack.click(seen, "approve", LocalSlack.BEN).ok()).isTrue();
    assertThatThrownBy(() -> slack.click(slack.messages().get(0), "approve", LocalSlack.BEN))
        .hasMessage("no button approve, but []");
  }

  @Test
  void failureOfTheAppIsShownToWhoeverClicked() {
    appAnswers = WebResponse.text(500, "oops");
    ClickResponse answer = slack.click(bench.ask(), "approve", LocalSlack.ANN);
    assertThat(answer.error()).isEqualTo("This app responded with Status Code 500");
    assertThat(slack.clicks()).extracting(RecordedClick::answer).containsExactly(answer);
    slack.requestUrl(URI.create("http://127.0.0.1:1/"));
    assertThat(slack.click(bench.ask(), "approve", LocalSlack.ANN).error())
        .isEqualTo("dispatch_failed");
  }

  @ParameterizedTest
  @CsvSource({
    "200,2999,",
    "200,3001,operation_timeout",
    "500,10,This app responded with Status Code 500"
  })
  void answerMustComeInThreeSeconds(int status, long millis, String error) {
    assertThat(ClickResponse.of(status, "", Duration.ofMillis(millis)).error()).isEqualTo(error);
  }

  @Test
  void wrongRequestsCanBeSent() {
    slack.send("payload=x", Map.of("X-Slack-Signature", "v0=00"));
    assertThat(got.get().text()).isEqualTo("payload=x");
    assertThat(got.get().header("x-slack-signature")).isEqualTo("v0=00");
    assertThat(got.get().headers()).doesNotContainKey("x-slack-request-timestamp");
  }

  private String responseUrl(String actionId) {
    slack.click(bench.ask(), actionId, LocalSlack.ANN);
    return payload().get("response_url").textValue();
  }

  private static HttpResponse<String> respond(String url, String body) {
    return SlackBench.send(SlackBench.post(url, body, "application/json"));
  }

  @Test
  void responseUrlReplacesTellsPostsAndDeletes() {
    String url = responseUrl("approve");
    assertThat(respond(url, "{'replace_original':true,'text':'Approved'}").body())
        .isEqualTo("{\"ok\":true}");
    assertThat(slack.messages()).extracting(Message::text).containsExactly("Approved");
    respond(url, "{'response_type':'ephemeral','text':'Only you'}");
    respond(url, "{'response_type':'in_channel','text':'All'}");
    respond(url, "{'delete_original':true}");
    assertThat(slack.ephemeralMessages())
        .extracting(EphemeralMessage::to, EphemeralMessage::text)
        .containsExactly(tuple("U0LOCALANN1", "Only you"));
    assertThat(slack.messages())
        .extracting(Message::text, Message::deleted)
        .containsExactly(tuple("Approved", true), tuple("All", false));
    HttpResponse<String> gone = respond(url, "{'replace_original':true,'text':'t'}");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).contains("message_not_found");
  }

  @Test
  void responseUrlWorksFiveTimes() {
    String url = responseUrl("approve");
    for (int i = 0; i < 5; i++) {
      assertThat(respond(url, "{'text':'t'}").statusCode()).isEqualTo(200);
    }
    HttpResponse<String> sixth = respond(url, "{'text':'t'}");
    assertThat(sixth.statusCode()).isEqualTo(404);
    assertThat(sixth.body()).isEqualTo("{\"ok\":false,\"error\":\"used_url\"}");
    assertThat(respond(slack.url() + "/actions/T/1/x", "{}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"1799,200", "1800,404"})
  void responseUrlWorksForThirtyMinutesOfTheWorld(long seconds, int status) {
    AtomicReference<Instant> world = new AtomicReference<>(SlackBench.NOW);
    slack.worldClock(world::get);
    String url = responseUrl("approve");
    world.set(SlackBench.NOW.plusSeconds(seconds));
    HttpResponse<String> response = respond(url, "{'text':'t'}");
    assertThat(response.statusCode()).isEqualTo(status);
    if (status == 404) {
      assertThat(response.body()).isEqualTo("{\"ok\":false,\"error\":\"expired_url\"}");
    }
  }

  @Test
  void webhookMessageIsReplacedByItsResponseUrl() {
    SlackBench.send(
        SlackBench.post(
            slack.webhookUrl().toString(),
            "{'text':'Release?','blocks':" + SlackBench.ASK + "}",
            "application/json"));
    slack.click(slack.messages().get(0), "approve", LocalSlack.ANN);
    assertThat(payload().at("/message/subtype").textValue()).isEqualTo("bot_message");
    respond(payload().get("response_url").textValue(), "{'replace_original':true,'text':'Yes'}");
    assertThat(slack.messages()).extracting(Message::text).containsExactly("Yes");
  }

  @Test
  void resetForgetsAllButTheSecrets() {
    String token = slack.botToken();
    String url = responseUrl("approve");
    slack.rateLimit(Duration.ofSeconds(1), 5);
    slack.reset();
    assertThat(slack.messages()).isEmpty();
    assertThat(slack.clicks()).isEmpty();
    assertThat(respond(url, "{'text':'t'}").statusCode()).isEqualTo(404);
    assertThat(slack.botToken()).isEqualTo(token);
    assertThat(bench.ask().actions()).hasSize(2);
  }
}
