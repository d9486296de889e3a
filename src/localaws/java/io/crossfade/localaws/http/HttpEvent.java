package io.crossfade.localaws.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.iam.IamUser;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.template.HttpRoute;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes of a request the event that a function gets, in payload format 2.0. */
final class HttpEvent {
  static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Bodies of these types, and of any text type, arrive as they are; all others, forms among them,
   * in Base64. AWS's documentation does not list them; measured on AWS in
   * https://github.com/ministackorg/ministack/pull/766.
   */
  private static final Set<String> TEXT =
      Set.of("application/json", "application/xml", "application/javascript");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private HttpEvent() {}

  static ObjectNode of(WebRequest request, HttpRoute route, String requestId, Instant at) {
    String domain = route.apiId() + ".execute-api." + Arns.REGION + ".amazonaws.com";
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", route.key());
    event.put("rawPath", request.path()).put("rawQueryString", request.query());
    List<String> cookies = cookies(request);
    if (!cookies.isEmpty()) {
      event.set("cookies", JSON.valueToTree(cookies));
    }
    event.set("headers", JSON.valueToTree(headers(request, domain)));
    Map<String, String> query = query(request.query());
    if (!query.isEmpty()) {
      event.set("queryStringParameters", JSON.valueToTree(query));
    }
    event.set("requestContext", context(request, route, domain, requestId, at));
    body(event, request);
    return event;
  }

  private static List<String> cookies(WebRequest request) {
    return request.headers().getOrDefault("cookie", List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(";")))
        .map(String::strip)
        .toList();
  }

  private static Map<String, String> headers(WebRequest request, String domain) {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
    headers.remove("cookie");
    headers.remove("connection");
    headers.put("content-length", String.valueOf(request.body().length));
    headers.put("host", domain);
    headers.put(
        "x-amzn-trace-id", "Root=1-" + Arns.hex(8).toLowerCase(Locale.ROOT) + "-" + Arns.hex(24));
    headers.put("x-forwarded-for", request.peer());
    headers.put("x-forwarded-port", "443");
    headers.put("x-forwarded-proto", "https");
    return headers;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (!raw.isEmpty()) {
      for (String pair : raw.split("&")) {
        String[] parts = pair.split("=", 2);
        String value = parts.length == 1 ? "" : decoded(parts[1]);
        parameters.merge(decoded(parts[0]), value, (one, next) -> one + "," + next);
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static ObjectNode context(
      WebRequest request, HttpRoute route, String domain, String requestId, Instant at) {
    ObjectNode context = JSON.createObjectNode();
    context.put("accountId", Arns.ACCOUNT).put("apiId", route.apiId());
    context.put("domainName", domain).put("domainPrefix", route.apiId());
    context
        .putObject("http")
        .put("method", request.method())
        .put("path", request.path())
        .put("protocol", request.protocol())
        .put("sourceIp", request.peer())
        .put("userAgent", request.header("user-agent"));
    context.put("requestId", requestId).put("routeKey", route.key()).put("stage", "$default");
    return context.put("time", TIME.format(at)).put("timeEpoch", at.toEpochMilli());
  }

  /** What API Gateway has found out about whoever signed the request. */
  static void authorized(ObjectNode event, IamUser user) {
    ((ObjectNode) event.get("requestContext"))
        .putObject("authorizer")
        .putObject("iam")
        .put("accessKey", user.accessKeyId())
        .put("accountId", Arns.ACCOUNT)
        .put("callerId", user.id())
        .putNull("cognitoIdentity")
        .putNull("principalOrgId")
        .put("userArn", user.arn())
        .put("userId", user.id());
  }

  private static void body(ObjectNode event, WebRequest request) {
    boolean text = request.body().length == 0 || isText(request.mediaType());
    if (request.body().length > 0) {
      event.put("body", text ? request.text() : Base64.getEncoder().encodeToString(request.body()));
    }
    event.put("isBase64Encoded", !text);
  }

  static boolean isText(String mediaType) {
    return mediaType.startsWith("text/") || TEXT.contains(mediaType);
  }
}
