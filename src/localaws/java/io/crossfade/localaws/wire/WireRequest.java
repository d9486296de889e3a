package io.crossfade.localaws.wire;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * An HTTP request, read whole.
 *
 * @param path still percent-encoded
 * @param headers by name, whatever its case
 */
record WireRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  static WireRequest from(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, String.join(",", all)));
    return new WireRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        form(exchange.getRequestURI().getRawQuery()),
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The body, unpacked where the client compressed it (CloudWatch's PutMetricData does). */
  byte[] content() {
    if (!header("Content-Encoding").equalsIgnoreCase("gzip")) {
      return body;
    }
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return unzipped.readAllBytes();
    } catch (IOException e) {
      throw ProtocolError.malformed("the body is not gzip: " + e.getMessage());
    }
  }

  /** The parameters of a Query call, wherever the client put them. */
  Map<String, String> form() {
    Map<String, String> all = new LinkedHashMap<>(query);
    if (header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
      all.putAll(form(new String(content(), StandardCharsets.UTF_8)));
    }
    return all;
  }

  static Map<String, String> form(String encoded) {
    Map<String, String> all = new LinkedHashMap<>();
    if (encoded == null || encoded.isEmpty()) {
      return all;
    }
    for (String pair : encoded.split("&")) {
      String[] parts = pair.split("=", 2);
      all.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
    }
    return all;
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProtocolError.malformed("not percent-encoded: " + encoded);
    }
  }
}
