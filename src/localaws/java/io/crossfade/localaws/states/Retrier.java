package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** One entry of a Retry field, with its defaults filled in. */
record Retrier(
    JsonNode errors,
    double intervalSeconds,
    int maxAttempts,
    double backoffRate,
    double maxDelaySeconds,
    boolean jitter) {

  static Retrier of(JsonNode node) {
    return new Retrier(
        node.get("ErrorEquals"),
        node.path("IntervalSeconds").asDouble(1),
        node.path("MaxAttempts").asInt(3),
        node.path("BackoffRate").asDouble(2),
        node.path("MaxDelaySeconds").asDouble(Double.POSITIVE_INFINITY),
        node.path("JitterStrategy").asText("NONE").equals("FULL"));
  }

  static boolean matches(JsonNode errors, StateFailure failure) {
    for (JsonNode name : errors) {
      if (failure.matches(name.textValue())) {
        return true;
      }
    }
    return false;
  }

  boolean matches(StateFailure failure) {
    return matches(errors, failure);
  }

  /**
   * @param retries how many retries of this retrier went before
   */
  Duration delay(int retries) {
    double most = Math.min(intervalSeconds * Math.pow(backoffRate, retries), maxDelaySeconds);
    double seconds = jitter ? ThreadLocalRandom.current().nextDouble() * most : most;
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
