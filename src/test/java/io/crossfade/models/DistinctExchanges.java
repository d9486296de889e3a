package io.crossfade.models;

import io.crossfade.localaws.wire.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Tells exchanges that are worth keeping from those that are like an earlier one. */
public final class DistinctExchanges {
  /** They say nothing of the call, or the same of every call. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "accept",
          "amz-sdk-invocation-id",
          "amz-sdk-request",
          "authorization",
          "connection",
          "content-length",
          "etag",
          "expect",
          "host",
          "if-match",
          "last-modified",
          "user-agent",
          "x-amz-content-sha256",
          "x-amz-date");

  private final Set<Long> seen = ConcurrentHashMap.newKeySet();

  /** The exchange without the content of objects, if it is like none before. */
  public Optional<Exchange> add(Exchange exchange) {
    Exchange kept = withoutContent(exchange);
    return seen.add(fingerprint(kept)) ? Optional.of(kept) : Optional.empty();
  }

  private static long fingerprint(Exchange exchange) {
    return new Fingerprint()
        .add(bytes(exchange.method() + " " + exchange.uri() + " " + exchange.status()))
        .add(bytes(headers(exchange.headers())))
        .add(text(exchange, exchange.body()))
        .add(bytes(headers(exchange.responseHeaders())))
        .add(text(exchange, exchange.responseBody()))
        .value();
  }

  /** As JSON, because CBOR's lengths are letters to a reader of text. */
  private static byte[] text(Exchange exchange, byte[] body) {
    if (!Protocols.caseless(exchange.headers()).containsKey("smithy-protocol")) {
      return body;
    }
    try {
      return bytes(Bodies.cbor(body).toString());
    } catch (IllegalArgumentException zippedOrMalformed) {
      return body;
    }
  }

  private static String headers(Map<String, String> headers) {
    Map<String, String> told = new TreeMap<>();
    headers.forEach((name, value) -> told.put(name.toLowerCase(Locale.ROOT), value));
    told.keySet().removeAll(LEFT_OUT);
    return told.toString();
  }

  private static Exchange withoutContent(Exchange exchange) {
    boolean s3 = exchange.headers().getOrDefault("Authorization", "").contains("/s3/aws4_request");
    return s3
        ? new Exchange(
            exchange.method(),
            exchange.uri(),
            exchange.headers(),
            xmlOrNothing(exchange.body()),
            exchange.status(),
            exchange.responseHeaders(),
            xmlOrNothing(exchange.responseBody()))
        : exchange;
  }

  private static byte[] xmlOrNothing(byte[] body) {
    return body.length > 0 && body[0] == '<' ? body : new byte[0];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
