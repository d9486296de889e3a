package io.crossfade.localaws.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.crossfade.localaws.http.WebResponse;
import io.crossfade.localaws.http.WebServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelPageTest {
  private final SlackBench bench = new SlackBench();
  private final LocalSlack slack = bench.slack;
  private final WebServer app =
      new WebServer("app", 100_000, request -> WebResponse.text(500, "oops"));

  @AfterEach
  void close() {
    app.close();
    bench.close();
  }

  @Test
  void aReplyStandsUnderWhatItAnswers() {
    String first = bench.ask().ts();
    bench.ask();
    String reply = "{'channel':'releases','text':'r','thread_ts':'" + first + "'";
    bench.call("chat.postMessage", reply + "}");
    bench.call("chat.postMessage", reply + ",'reply_broadcast':true}");
    assertThat(slack.channel().get("items"))
        .extracting(item -> item.path("thread").asText(""))
        .containsExactly("", first, "", "");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          a *bold* b => a <b>bold</b> b
          _it_ ~no~ => <i>it</i> <s>no</s>
          snake_case_name 2*3*4 => snake_case_name 2*3*4
          *<https://a.b/c_d_e|x y>* => <b><a href="https://a.b/c_d_e" rel="noreferrer">x y</a></b>
          <https://a.b/?q=1&amp;r=2> => <a href="https://a.b/?q=1&amp;r=2" rel="noreferrer">https://a.b/?q=1&amp;r=2</a>
          <javascript:alert(1)|x> => x
          <https://a.b/"onclick="x|y> => <a href="https://a.b/&quot;onclick=&quot;x" rel="noreferrer">y</a>
          <@U0LOCALANN1> <!here> => <em>@ann</em> <em>@here</em>
          <!date^1700000000^{date_short} {time}|then & now> => <time datetime="2023-11-14T22:13:20Z">then &amp; now</time>
          <!date^soon^{time}|then> => <em>then</em>
          x &lt;b&gt; &amp; y => x &lt;b&gt; &amp; y
          1 < 2 & "3" => 1 &lt; 2 &amp; &quot;3&quot;
          :rocket: :unknown: => 🚀 :unknown:
          > quoted => <q>quoted</q>
          """)
  void markupIsHtml(String text, String html) {
    assertThat(Mrkdwn.html(text, Map.of("U0LOCALANN1", "ann"))).isEqualTo(html);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '`a *b* <c>`',      '<code>a *b* &lt;c&gt;</code>'
          '```x\ny_z_```',    '<pre>x\ny_z_</pre>'
          """)
  void codeIsLeftAlone(String text, String html) {
    assertThat(Mrkdwn.html(text, Map.of())).isEqualTo(html);
  }

  @Test
  void blocksAreHtmlInWhichEveryTextIsEscaped() {
    String blocks =
        "[{'type':'header','text':{'type':'plain_text','text':'<h>'}},"
            + "{'type':'section','text':{'type':'mrkdwn','text':'*t*'},"
            + "'fields':[{'type':'mrkdwn','text':'<script>f</script>'}]},"
            + "{'type':'divider'},"
            + "{'type':'context','elements':[{'type':'plain_text','text':'*c*'}]},"
            + "{'type':'actions','elements':[{'type':'button','action_id':'<a>',"
            + "'text':{'type':'plain_text','text':'<b>'}}]}]";
    ArrayNode parsed = (ArrayNode) SlackJson.parse(blocks.replace('\'', '"'), "no JSON");
    assertThat(BlockHtml.of("1.2", "t", parsed, Map.of()))
        .isEqualTo(
            "<h3>&lt;h&gt;</h3><p><b>t</b></p>"
                + "<div class=\"fields\"><div>scriptf/script</div></div><hr>"
                + "<div class=\"context\"><div>*c*</div></div>"
                + "<div class=\"actions\"><button class=\"plain\" data-ts=\"1.2\""
                + " data-action=\"&lt;a&gt;\">&lt;b&gt;</button></div>");
  }

  @Test
  void pageNeedsNothingFromElsewhere() {
    HttpResponse<String> page = get("/");
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).contains("prefers-color-scheme: dark").doesNotContain("http");
  }

  @Test
  void buttonOnThePageWorksAndShowsSlacksError() {
    slack.requestUrl(app.url());
    String ts = bench.ask().ts();
    String click = "{'ts':'" + ts + "','action':'approve','user':'U0LOCALANN1'}";
    assertThat(click(click, "text/plain").statusCode()).isEqualTo(415);
    assertThat(click(click.replace("approve", "other"), "application/json").statusCode())
        .isEqualTo(404);
    assertThat(click(click, "application/json").body())
        .isEqualTo("{\"ok\":false,\"error\":\"This app responded with Status Code 500\"}");
    JsonNode item = SlackJson.parse(get("/messages.json").body(), "no JSON").at("/items/0");
    assertThat(item.get("error").textValue()).endsWith("500");
    assertThat(item.get("html").textValue())
        .contains("<b>Release?</b>", "data-action=\"stop\"", "&quot;deny&quot;:&quot;No&quot;");
  }

  private HttpResponse<String> click(String body, String type) {
    return SlackBench.send(SlackBench.post(slack.url() + "/click", body, type));
  }

  private HttpResponse<String> get(String path) {
    return SlackBench.send(HttpRequest.newBuilder(URI.create(slack.url() + path)));
  }
}
