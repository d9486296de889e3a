package io.crossfade.localaws.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes of a function's answer the response, as for payload format 2.0. */
final class FunctionResponse {
  private FunctionResponse() {}

  /** Empty for an answer that API Gateway cannot read. */
  static Optional<WebResponse> of(JsonNode answer) {
    if (!answer.isObject() || !answer.has("statusCode")) {
      String body = answer.isTextual() ? answer.textValue() : answer.toString();
      return Optional.of(WebResponse.of(200, "application/json", body));
    }
    int status = answer.get("statusCode").intValue();
    if (!answer.get("statusCode").isIntegralNumber() || status < 200 || status > 599) {
      return Optional.empty();
    }
    try {
      return Optional.of(new WebResponse(status, headers(answer), body(answer)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Map<String, List<String>> headers(JsonNode answer) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Content-Type", List.of("text/plain;charset=UTF-8"));
    JsonNode given = answer.path("headers");
    require(given.isMissingNode() || given.isNull() || given.isObject());
    given
        .properties()
        .forEach(
            header -> {
              require(header.getValue().isValueNode());
              headers.keySet().removeIf(header.getKey()::equalsIgnoreCase);
              headers.put(header.getKey(), List.of(header.getValue().asText()));
            });
    headers.keySet().removeIf("content-length"::equalsIgnoreCase);
    cookies(answer, headers);
    return headers;
  }

  private static void cookies(JsonNode answer, Map<String, List<String>> headers) {
    List<String> cookies = new ArrayList<>();
    answer.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
    if (!cookies.isEmpty()) {
      headers.put("Set-Cookie", cookies);
    }
  }

  private static byte[] body(JsonNode answer) {
    JsonNode body = answer.path("body");
    require(body.isMissingNode() || body.isNull() || body.isTextual());
    String text = body.asText("");
    return answer.path("isBase64Encoded").asBoolean()
        ? Base64.getDecoder().decode(text)
        : (body.isNull() ? "" : text).getBytes(StandardCharsets.UTF_8);
  }

  private static void require(boolean well) {
    if (!well) {
      throw new IllegalArgumentException("malformed");
    }
  }
}
