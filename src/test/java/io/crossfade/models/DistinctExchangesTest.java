package io.crossfade.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.wire.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistinctExchangesTest {
  private final DistinctExchanges distinct = new DistinctExchanges();

  private static Exchange exchange(String service, String body, String response) {
    Map<String, String> headers =
        Map.of("Authorization", "Credential=k/20260101/eu/" + service + "/aws4_request, " + body);
    return new Exchange("PUT", "/b/k", headers, bytes(body), 200, Map.of(), bytes(response));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void oneOfAKindIsKept() {
    assertThat(distinct.add(exchange("ecs", "{\"count\":1}", "{}"))).isPresent();
    assertThat(distinct.add(exchange("ecs", "{\"count\":1}", "{}"))).isEmpty();
    assertThat(distinct.add(exchange("ecs", "{\"count\":2}", "{}"))).isPresent();
    assertThat(distinct.add(exchange("ecs", "{\"count\":2}", "{\"a\":1}"))).isPresent();
  }

  @Test
  void theContentOfAnObjectIsNotKept() {
    assertThat(distinct.add(exchange("s3", "secret", "<Error/>")))
        .hasValueSatisfying(
            kept -> {
              assertThat(kept.body()).isEmpty();
              assertThat(kept.responseBody()).isEqualTo(bytes("<Error/>"));
            });
    assertThat(distinct.add(exchange("s3", "another", "<Error/>"))).isEmpty();
  }

  @Test
  void aMalformedBodyIsKeptAsItIs() {
    Map<String, String> headers = Map.of("smithy-protocol", "rpc-v2-cbor");
    byte[] malformed = {(byte) 0xff, 1};
    Exchange exchange = new Exchange("POST", "/", headers, malformed, 400, Map.of(), bytes("{"));
    assertThat(distinct.add(exchange)).contains(exchange);
  }
}
