package io.crossfade.models;

import io.crossfade.localaws.wire.Exchange;
import java.util.Map;
import java.util.TreeMap;

/** Which protocol an exchange is in, and what they have in common. */
final class Protocols {
  private Protocols() {}

  static ExchangeCheck.Protocol of(ServiceModel model, Exchange exchange) {
    Map<String, String> headers = caseless(exchange.headers());
    if (model.metadata("protocol").startsWith("rest-")) {
      return new RestXml(model, exchange); // Of Lambda only Invoke, whose bodies are payloads.
    }
    if (headers.containsKey("X-Amz-Target")) {
      return new TreeBody(model, exchange, TreeBody.Format.JSON);
    }
    return headers.getOrDefault("smithy-protocol", "").equals("rpc-v2-cbor")
        ? new TreeBody(model, exchange, TreeBody.Format.CBOR)
        : new Query(model, exchange);
  }

  /** Headers by name, whatever its case. */
  static Map<String, String> caseless(Map<String, String> headers) {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    return copy;
  }

  static byte[] body(Exchange exchange) {
    String encoding = caseless(exchange.headers()).getOrDefault("Content-Encoding", "");
    return encoding.equals("gzip") ? Bodies.unzipped(exchange.body()) : exchange.body();
  }
}
