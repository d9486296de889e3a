package io.crossfade.localaws.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebApiTest {
  private final SlackBench bench = new SlackBench();
  private final LocalSlack slack = bench.slack;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void postedMessageIsShown() {
    JsonNode answer =
        bench.call(
            "chat.postMessage",
            "{'channel':'#releases','text':'fallback','blocks':" + SlackBench.ASK + "}");
    assertThat(answer.get("ok").booleanValue()).isTrue();
    assertThat(answer.get("channel").textValue()).isEqualTo(slack.channelId());
    assertThat(answer.get("ts").textValue()).isEqualTo("1772366400.000001");
    assertThat(answer.at("/message/text").textValue()).isEqualTo("fallback");
    assertThat(answer.at("/message/app_id").textValue()).isEqualTo(slack.appId());
    assertThat(answer.at("/message/blocks/0/block_id").textValue()).isNotEmpty();
    Message message = slack.messages().get(0);
    assertThat(message.shown()).isEqualTo("*Release?*\nApprove\nStop");
    assertThat(message.actions()).containsExactly("approve", "stop");
    assertThat(message.updates()).isEmpty();
  }

  @Test
  void noTwoMessagesHaveOneTimestamp() {
    assertThat(bench.ask().ts()).isEqualTo("1772366400.000001");
    assertThat(bench.ask().ts()).isEqualTo("1772366400.000002");
  }

  @Test
  void updatedMessageKeepsItsHistory() {
    List<String> heard = new ArrayList<>();
    slack.onMessage(message -> heard.add(message.text()));
    String ts = bench.ask().ts();
    JsonNode answer =
        bench.call(
            "chat.update",
            "{'channel':'" + slack.channelId() + "','ts':'" + ts + "','text':'Approved'}");
    assertThat(answer.get("text").textValue()).isEqualTo("Approved");
    Message message = slack.messages().get(0);
    assertThat(message.text()).isEqualTo("Approved");
    assertThat(message.actions()).isEmpty();
    assertThat(message.updates()).extracting(Message.Version::text).containsExactly("Release?");
    assertThat(heard).containsExactly("Release?", "Approved");
  }

  @Test
  void aReplyStandsInItsThreadAndIfItIsBroadcastInTheChannelToo() {
    String ts = bench.ask().ts();
    String reply = "{'channel':'releases','text':'r','thread_ts':'" + ts + "'";
    assertThat(bench.call("chat.postMessage", reply + "}").at("/message/thread_ts").textValue())
        .isEqualTo(ts);
    bench.call("chat.postMessage", reply + ",'reply_broadcast':true}");
    assertThat(slack.messages()).extracting(Message::thread).containsExactly(null, ts, ts);
    assertThat(slack.messages()).extracting(Message::inChannel).containsExactly(true, false, true);
    String nested = slack.messages().get(1).ts();
    assertThat(
            bench
                .call("chat.postMessage", reply.replace(ts, nested) + "}")
                .get("error")
                .textValue())
        .isEqualTo("thread_not_found");
  }

  @Test
  void formIsTakenAsWell() {
    String blocks = URLEncoder.encode(SlackBench.ASK.replace('\'', '"'), StandardCharsets.UTF_8);
    String body =
        "token=%s&channel=%s&text=a%%20b+c&blocks=%s"
            .formatted(slack.botToken(), slack.channelId(), blocks);
    HttpResponse<String> response =
        SlackBench.send(
            SlackBench.post(
                slack.apiUrl() + "/chat.postMessage", body, "application/x-www-form-urlencoded"));
    assertThat(response.body()).startsWith("{\"ok\":true");
    assertThat(slack.messages().get(0).text()).isEqualTo("a b c");
    assertThat(response.headers().firstValue("x-oauth-scopes")).contains("chat:write");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chat.postMessage | {'channel':'C0NONE','text':'t'}                                         | channel_not_found
          chat.postMessage | {'text':'t'}                                                            | channel_not_found
          chat.postMessage | {'channel':'releases'}                                                  | no_text
          chat.postMessage | {'channel':'releases','blocks':[{'type':'divider'}]}                    | no_text
          chat.postMessage | {'channel':'releases','text':'t','blocks':'[]'}                         | invalid_blocks_format
          chat.postMessage | {'channel':'releases','text':'t','blocks':[{'type':'header'}]}          | invalid_blocks
          chat.postMessage | {'channel':'releases','text':'t','thread_ts':'1'}                       | thread_not_found
          chat.postMessage | {'channel':'releases','text':'t','icon_emoji':'1'}                      | invalid_arguments
          chat.postMessage | {'channel'                                                              | invalid_json
          chat.postMessage | [1]                                                                     | json_not_object
          chat.update      | {'channel':'releases','ts':'1','text':'t'}                              | channel_not_found
          chat.update      | {'channel':'CHANNEL','ts':'1','text':'t'}                               | message_not_found
          conversations.list | {}                                                                    | unknown_method
          chat.delete      | {}                                                                      | unknown_method
          """)
  void callThatSlackRefusesIsRefused(String method, String arguments, String error) {
    JsonNode answer = bench.call(method, arguments.replace("CHANNEL", slack.channelId()));
    assertThat(answer.get("ok").booleanValue()).isFalse();
    assertThat(answer.get("error").textValue()).isEqualTo(error);
    assertThat(slack.messages()).isEmpty();
  }

  @Test
  void refusedBlocksSayWhere() {
    JsonNode answer =
        bench.call(
            "chat.postMessage",
            "{'channel':'releases','text':'t','blocks':[{'type':'header'},{'type':'section'}]}");
    assertThat(answer.at("/response_metadata/messages"))
        .extracting(JsonNode::textValue)
        .containsExactly(
            "[ERROR] missing required field: text [json-pointer:/blocks/0]",
            "[ERROR] must define either `text` or `fields` [json-pointer:/blocks/1]");
  }

  @ParameterizedTest
  @CsvSource({"chat.postMessage,40000,", "chat.postMessage,40001,msg_too_long"})
  void textHasAMost(String method, int length, String error) {
    String text = "t".repeat(length);
    JsonNode answer = bench.call(method, "{'channel':'releases','text':'" + text + "'}");
    assertThat(answer.path("error").textValue()).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource({"4000,", "4001,msg_too_long"})
  void textOfAnUpdateHasALowerMost(int length, String error) {
    String ts = bench.ask().ts();
    String arguments =
        "{'channel':'%s','ts':'%s','text':'%s'}"
            .formatted(slack.channelId(), ts, "t".repeat(length));
    assertThat(bench.call("chat.update", arguments).path("error").textValue()).isEqualTo(error);
  }

  @Test
  void tokenDecidesWhoMayPost() {
    String post = "{'channel':'releases','text':'t'}";
    String first = slack.botToken();
    assertThat(first).matches("xoxb-\\d{13}-\\d{13}-\\w{24}");
    assertThat(error(post, null)).isEqualTo("not_authed");
    assertThat(error(post, "xoxb-wrong")).isEqualTo("invalid_auth");
    assertThat(error(post, first)).isNull();
    String second = slack.rotateBotToken();
    assertThat(error(post, first)).isEqualTo("invalid_auth");
    assertThat(error(post, second)).isNull();
    slack.revoke();
    assertThat(error(post, second)).isEqualTo("token_revoked");
    slack.reset();
    assertThat(error(post, second)).isNull();
    assertThat(slack.secrets()).contains(first, second);
  }

  @Test
  void botWritesOnlyWhereItIsAMember() {
    String post = "{'channel':'releases','text':'t'}";
    slack.removeBot();
    assertThat(error(post, slack.botToken())).isEqualTo("not_in_channel");
    assertThat(slack.messages()).isEmpty();
    slack.reset();
    assertThat(error(post, slack.botToken())).isNull();
  }

  @Test
  void tokenInAJsonBodyDoesNotCount() {
    String post = "{'channel':'releases','text':'t','token':'" + slack.botToken() + "'}";
    assertThat(error(post, null)).isEqualTo("not_authed");
  }

  private String error(String arguments, String token) {
    return bench.call("chat.postMessage", arguments, token).path("error").textValue();
  }

  @Test
  void callsRunIntoTheTroubleThatATestMakes() {
    slack.rateLimit(Duration.ofSeconds(7), 1);
    slack.outage(1);
    slack.refuse("fatal_error", 1);
    HttpResponse<String> limited = post();
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("retry-after")).contains("7");
    assertThat(limited.body()).contains("ratelimited");
    assertThat(post().statusCode()).isEqualTo(503);
    assertThat(post().body()).isEqualTo("{\"ok\":false,\"error\":\"fatal_error\"}");
    assertThat(post().body()).startsWith("{\"ok\":true");
    assertThat(slack.messages()).hasSize(1);
  }

  private HttpResponse<String> post() {
    return SlackBench.send(
        SlackBench.post(
                slack.apiUrl() + "/chat.postMessage",
                "{'channel':'releases','text':'t'}",
                "application/json; charset=utf-8")
            .header("Authorization", "Bearer " + slack.botToken()));
  }
}
