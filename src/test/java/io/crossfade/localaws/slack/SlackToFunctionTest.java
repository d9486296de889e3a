package io.crossfade.localaws.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.http.HttpApi;
import io.crossfade.localaws.lambda.FakeArtifact;
import io.crossfade.localaws.lambda.FunctionConfig;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.template.HttpApiResource;
import io.crossfade.localaws.template.HttpRoute;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a click to the event of a function in a process of its own, over real HTTP. */
class SlackToFunctionTest {
  private static final HttpRoute ROUTE = new HttpRoute("a123456789", "f", "POST", "/slack");

  @TempDir Path work;

  @Test
  void functionGetsTheRawBodyThatWasSigned() throws Exception {
    try (SlackBench bench = new SlackBench();
        FunctionHost host = new FunctionHost(FakeArtifact.write(work), work.resolve("run"));
        HttpApi api =
            new HttpApi(new HttpApiResource("Api", "a123456789", List.of(ROUTE), false), host)) {
      host.register(new FunctionConfig("f", Map.of(), Duration.ofSeconds(30), 128));
      host.warmUp();
      bench.slack.requestUrl(api.url(ROUTE));

      ClickResponse answer = bench.slack.click(bench.ask(), "approve", LocalSlack.ANN);

      assertThat(answer.error()).isNull();
      JsonNode event = SlackJson.parse(answer.body(), "the function echoes the event");
      assertThat(event.get("isBase64Encoded").booleanValue()).isTrue();
      String raw =
          new String(
              Base64.getDecoder().decode(event.get("body").textValue()), StandardCharsets.UTF_8);
      assertThat(raw).startsWith("payload=%7B%22type%22%3A%22block_actions%22");
      long timestamp = event.at("/headers/x-slack-request-timestamp").asLong();
      assertThat(event.at("/headers/x-slack-signature").textValue())
          .isEqualTo(bench.slack.sign(raw, timestamp));
      assertThat(event.at("/headers/content-type").textValue())
          .isEqualTo("application/x-www-form-urlencoded");
    }
  }
}
