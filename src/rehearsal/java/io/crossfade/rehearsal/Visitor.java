package io.crossfade.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One person with a browser: looks at the page and the restaurants, orders, looks the order up,
 * again and again. A request that fails is not tried again. It keeps the cookies it is given,
 * because a sticky load balancer relies on them.
 */
final class Visitor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final RequestTally tally;
  private final VisitorPace pace;
  private final Map<String, String> cookies = new TreeMap<>();
  private int step;
  private OptionalLong order = OptionalLong.empty();

  Visitor(HttpClient client, RequestTally tally, VisitorPace pace) {
    this.client = client;
    this.tally = tally;
    this.pace = pace;
  }

  /** Sends the next request; ends, always well, when its answer has been counted. */
  Future<Void> next() {
    return switch (step++ % 4) {
      case 0 -> get("/");
      case 1 -> get("/api/restaurants");
      case 2 -> order();
      default -> order.isPresent() ? get("/api/orders/" + order.getAsLong()) : get("/");
    };
  }

  private Future<Void> get(String path) {
    return send(HttpMethod.GET, path, null).mapEmpty();
  }

  private Future<Void> order() {
    String key = UUID.randomUUID().toString();
    order = OptionalLong.empty();
    return send(HttpMethod.POST, "/api/orders", wish(key))
        .onSuccess(answer -> keep(answer, key))
        .mapEmpty();
  }

  private static Buffer wish(String key) {
    int party = ThreadLocalRandom.current().nextInt(1, 9);
    return Buffer.buffer(
        "{\"restaurant\":\"Bellevue\",\"party\":%d,\"idempotencyKey\":\"%s\"}"
            .formatted(party, key));
  }

  private void keep(VisitorResponse answer, String key) {
    if (!answer.good()) {
      return;
    }
    try {
      long number = JSON.readTree(answer.body().getBytes()).path("order").asLong();
      order = OptionalLong.of(number);
      tally.acknowledge(number, key);
    } catch (IOException e) {
      // An acknowledgement that cannot be read gives no number, and no order to look for.
      tally.acknowledge(0, key);
    }
  }

  private Future<VisitorResponse> send(HttpMethod method, String path, Buffer body) {
    Future<HttpClientRequest> request =
        client.request(new RequestOptions().setMethod(method).setURI(path));
    return request
        .compose(ready -> exchange(ready, body))
        .timeout(pace.patience().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> request.onSuccess(HttpClientRequest::reset))
        .otherwise(VisitorResponse::none)
        .onSuccess(answer -> tally.count(method.name(), path, answer));
  }

  private Future<VisitorResponse> exchange(HttpClientRequest request, Buffer body) {
    if (!cookies.isEmpty()) {
      request.putHeader(HttpHeaders.COOKIE, cookieHeader());
    }
    return sent(request, body)
        .compose(
            response -> {
              response.cookies().forEach(this::keepCookie);
              return response.body().map(content -> VisitorResponse.by(response, content));
            });
  }

  private static Future<HttpClientResponse> sent(HttpClientRequest request, Buffer body) {
    return body == null
        ? request.send()
        : request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").send(body);
  }

  private String cookieHeader() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private void keepCookie(String setCookie) {
    String[] pair = setCookie.split(";", 2)[0].split("=", 2);
    if (pair.length == 2) {
      cookies.put(pair[0].trim(), pair[1].trim());
    }
  }
}
