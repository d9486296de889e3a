package io.crossfade.localaws.slack;

import io.crossfade.localaws.http.WebResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The responses that a test has prepared for the next calls of the Web API and the webhook. */
final class InjectedResponses {
  private final Deque<WebResponse> next = new ArrayDeque<>();

  synchronized void rateLimit(Duration retryAfter, int times) {
    String seconds = String.valueOf(retryAfter.toSeconds());
    for (int i = 0; i < times; i++) {
      next.add(
          WebResponse.json(429, "{\"ok\":false,\"error\":\"ratelimited\"}")
              .with("Retry-After", seconds));
    }
  }

  synchronized void fail(int status, String body, int times) {
    for (int i = 0; i < times; i++) {
      next.add(WebResponse.json(status, body));
    }
  }

  synchronized Optional<WebResponse> poll() {
    return Optional.ofNullable(next.poll());
  }

  synchronized void clear() {
    next.clear();
  }
}
