package io.crossfade.localaws.lambda;

import io.crossfade.localaws.states.FunctionError;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One call of a function, on its way through the Runtime API. */
record Invocation(String id, String payload, Duration timeout, CompletableFuture<String> answer) {
  static Invocation of(String payload, Duration timeout) {
    return new Invocation(
        UUID.randomUUID().toString(), payload, timeout, new CompletableFuture<>());
  }

  void fail(FunctionError error) {
    answer.completeExceptionally(error);
  }
}
