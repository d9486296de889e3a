package io.crossfade.localaws.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.ScaledClock;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Races without the wire in between, which would keep the racers apart. */
class LocalS3Test {
  private static final int RACERS = 4;
  private static final int ROUNDS = 5_000;
  private static final byte[] EMPTY = {};
  private final ScaledClock clock = new ScaledClock(1);
  private final LocalS3 s3 = new LocalS3(clock);

  @BeforeEach
  void createBucket() {
    s3.createBucket("state");
  }

  @AfterEach
  void close() {
    clock.close();
  }

  @Test
  void newObjectIsWrittenByExactlyOne() throws Exception {
    int written = race(round -> put("lock-" + round).ifNoneMatch("*").build());

    assertThat(written).isEqualTo(ROUNDS);
  }

  @Test
  void objectIsReplacedByExactlyOne() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      s3.put("state", "lock-" + round, EMPTY);
    }
    String before = "\"d41d8cd98f00b204e9800998ecf8427e\"";

    int written = race(round -> put("lock-" + round).ifMatch(before).build());

    assertThat(written).isEqualTo(ROUNDS);
  }

  @Test
  void someConditionalWritesConflictAndWriteNothing() {
    s3.conflictEvery(2);
    s3.put("state", "plain", EMPTY);
    s3.putObject(put("first").ifNoneMatch("*").build(), EMPTY);
    PutObjectRequest second = put("second").ifNoneMatch("*").build();

    assertThatThrownBy(() -> s3.putObject(second, EMPTY))
        .isInstanceOfSatisfying(
            S3Exception.class,
            conflict -> {
              assertThat(conflict.statusCode()).isEqualTo(409);
              assertThat(conflict.awsErrorDetails().errorCode())
                  .isEqualTo("ConditionalRequestConflict");
            });
    assertThat(s3.keys("state")).containsExactly("first", "plain");
    s3.putObject(second, EMPTY);
    assertThat(s3.get("state", "second")).isPresent();
  }

  private static PutObjectRequest.Builder put(String key) {
    return PutObjectRequest.builder().bucket("state").key(key);
  }

  private int race(IntFunction<PutObjectRequest> requests) throws Exception {
    CyclicBarrier start = new CyclicBarrier(RACERS);
    AtomicInteger written = new AtomicInteger();
    Callable<Void> racer =
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            start.await();
            attempt(requests.apply(round), written);
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    try {
      for (Future<Void> one : threads.invokeAll(Collections.nCopies(RACERS, racer))) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return written.get();
  }

  private void attempt(PutObjectRequest request, AtomicInteger written) {
    try {
      s3.putObject(request, new byte[] {1});
      written.incrementAndGet();
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(412);
    }
  }
}
