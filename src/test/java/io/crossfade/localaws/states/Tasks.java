package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks that wait for their token. */
final class Tasks {
  /** Real tokens have several hundred characters, at most 2,048. */
  private static final int TOKEN_BYTES = 560;

  /** What came back: a result, or an error. */
  record Answer(JsonNode result, StateError error) {}

  private final SecureRandom random = new SecureRandom();
  private final Map<String, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
  private final Map<String, Boolean> closed = new ConcurrentHashMap<>();

  String begin() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = "AQC" + Base64.getEncoder().encodeToString(bytes);
    open.put(token, new CompletableFuture<>());
    return token;
  }

  CompletableFuture<Answer> waiting(String token) {
    return open.get(token);
  }

  /** After this the token is known but too late. */
  void end(String token) {
    open.remove(token);
    closed.put(token, true);
  }

  /** False when nobody waits for it any more. */
  boolean answer(String token, Answer answer) {
    CompletableFuture<Answer> waiting = open.get(token);
    return waiting != null && waiting.complete(answer);
  }

  boolean pending(String token) {
    CompletableFuture<Answer> waiting = open.get(token);
    return waiting != null && !waiting.isDone();
  }

  boolean known(String token) {
    return open.containsKey(token) || closed.containsKey(token);
  }
}
