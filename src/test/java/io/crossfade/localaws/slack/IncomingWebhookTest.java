package io.crossfade.localaws.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncomingWebhookTest {
  private final SlackBench bench = new SlackBench();
  private final LocalSlack slack = bench.slack;

  @AfterEach
  void close() {
    bench.close();
  }

  private static HttpResponse<String> post(String url, String body) {
    return SlackBench.send(SlackBench.post(url, body, "application/json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'text':'t'}                                       | 200 | ok
          {'text':'t','blocks':[{'type':'divider'}]}         | 200 | ok
          {'text':'t','blocks':[{'type':'nothing'}]}         | 400 | invalid_blocks
          {'blocks':[{'type':'divider'}]}                    | 400 | no_text
          {}                                                 | 400 | no_text
          {'text'                                            | 400 | invalid_payload
          """)
  void answersInPlainText(String body, int status, String text) {
    HttpResponse<String> response = post(slack.webhookUrl().toString(), body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(text);
    assertThat(slack.messages()).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void wrongAddressIsToldFromAWrongToken() {
    String url = slack.webhookUrl().toString();
    assertThat(url).matches(".*/services/T\\w{10}/B\\w{10}/\\w{24}");
    assertThat(post(url + "x", "{'text':'t'}"))
        .extracting(HttpResponse::statusCode, HttpResponse::body)
        .containsExactly(403, "invalid_token");
    assertThat(post(url.replaceFirst("/B[^/]+", "/B0000000000"), "{'text':'t'}"))
        .extracting(HttpResponse::statusCode, HttpResponse::body)
        .containsExactly(404, "no_service");
    assertThat(post(url.replaceFirst("/T[^/]+", "/T0000000000"), "{'text':'t'}"))
        .extracting(HttpResponse::statusCode, HttpResponse::body)
        .containsExactly(404, "no_team");
  }

  @Test
  void webhookNeedsTheAppButNoMembership() {
    String url = slack.webhookUrl().toString();
    slack.removeBot();
    assertThat(post(url, "{'text':'t'}").body()).isEqualTo("ok");
    slack.revoke();
    assertThat(post(url, "{'text':'t'}"))
        .extracting(HttpResponse::statusCode, HttpResponse::body)
        .containsExactly(404, "no_service");
  }

  @Test
  void botCannotUpdateWhatTheWebhookPosted() {
    post(slack.webhookUrl().toString(), "{'text':'t'}");
    String ts = slack.messages().get(0).ts();
    String update = "{'channel':'%s','ts':'%s','text':'u'}".formatted(slack.channelId(), ts);
    assertThat(bench.call("chat.update", update).get("error").textValue())
        .isEqualTo("cant_update_message");
  }
}
