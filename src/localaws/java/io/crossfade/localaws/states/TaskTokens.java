package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/** The tasks that wait for somebody to answer, by their tokens. */
final class TaskTokens {
  /** In Base64 AQCEAAAAKgAAAAMAAAAAAAAAA, as tokens of AWS begin. */
  private static final byte[] HEAD = {
    1, 0, (byte) 0x84, 0, 0, 0, 0x2a, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final int MIN_RANDOM_BYTES = 348;
  private static final int EXTRA_RANDOM_BYTES = 394;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, PendingTask> tasks = new ConcurrentHashMap<>();

  /**
   * A task that waits for its answer. The first to complete the answer wins: a caller or the
   * timeout.
   */
  static final class PendingTask {
    private final String token;
    private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();

    PendingTask(String token) {
      this.token = token;
    }

    String token() {
      return token;
    }

    CompletableFuture<JsonNode> answer() {
      return answer;
    }

    /** False if the answer came before. */
    boolean close() {
      return answer.cancel(false);
    }

    void succeed(JsonNode output) {
      if (!answer.complete(output)) {
        throw closed();
      }
    }

    void fail(StateFailure failure) {
      if (!answer.completeExceptionally(failure)) {
        throw closed();
      }
    }

    private static RuntimeException closed() {
      return StepFunctionsErrors.of(
          "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }
  }

  PendingTask open() {
    PendingTask task = new PendingTask(newToken());
    tasks.put(task.token(), task);
    return task;
  }

  PendingTask find(String token) {
    PendingTask task = token == null ? null : tasks.get(token);
    if (task == null) {
      throw genuine(token) ? unknown() : invalid();
    }
    return task;
  }

  /** Tokens without an answer whose task has not timed out. */
  List<String> pending() {
    return tasks.values().stream()
        .filter(task -> !task.answer().isDone())
        .map(PendingTask::token)
        .toList();
  }

  Set<String> issued() {
    return Set.copyOf(tasks.keySet());
  }

  /** 500 to 1,024 characters of Base64, as on AWS, with +, / and = that URLs do not keep. */
  private String newToken() {
    byte[] noise = new byte[MIN_RANDOM_BYTES + random.nextInt(EXTRA_RANDOM_BYTES)];
    random.nextBytes(noise);
    byte[] body = ByteBuffer.allocate(HEAD.length + noise.length).put(HEAD).put(noise).array();
    ByteBuffer signed = ByteBuffer.allocate(body.length + Long.BYTES).put(body).putLong(sum(body));
    return Base64.getEncoder().encodeToString(signed.array());
  }

  private static boolean genuine(String token) {
    try {
      byte[] bytes = Base64.getDecoder().decode(token == null ? "" : token);
      int length = bytes.length - Long.BYTES;
      return length > HEAD.length
          && ByteBuffer.wrap(bytes).getLong(length) == sum(java.util.Arrays.copyOf(bytes, length));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static long sum(byte[] body) {
    CRC32 sum = new CRC32();
    sum.update(body);
    return sum.getValue();
  }

  private static RuntimeException unknown() {
    return StepFunctionsErrors.of(
        "TaskDoesNotExist", "Task does not exist: 'No task waits under this token'");
  }

  private static RuntimeException invalid() {
    return StepFunctionsErrors.of("InvalidToken", "Invalid Token: 'Invalid token'");
  }
}
