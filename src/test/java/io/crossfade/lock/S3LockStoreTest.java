package io.crossfade.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.crossfade.aws.StateBucket;
import io.crossfade.localaws.Account;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3LockStoreTest {
  private static final Lock LOCK = Lock.taken(Sample.RULE, "run-1", Sample.EXECUTION, Sample.START);

  private final Account account = new Account();
  private final LockStore locks =
      new S3LockStore(
          new StateBucket(
              account.client(S3Client.builder()),
              JsonMapper.builder()
                  .addModule(new JavaTimeModule())
                  .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                  .build(),
              "state"));

  @BeforeEach
  void createBucket() {
    account.aws().s3().createBucket("state");
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void isThereOnceForARule() {
    assertThat(locks.find(Sample.RULE)).isEmpty();
    assertThat(locks.create(LOCK)).isTrue();
    assertThat(locks.create(LOCK)).isFalse();
    assertThat(locks.find(Sample.RULE).map(Versioned::document)).contains(LOCK);
    assertThat(account.aws().s3().keys("state"))
        .containsExactly(
            "locks/arn_aws_elasticloadbalancing_eu-central-1_123456789012"
                + "_listener-rule_app_site_1a_2b_3c.json");
  }

  @Test
  void isReplacedOnlyAsItWasFound() {
    locks.create(LOCK);
    Versioned<Lock> found = locks.find(Sample.RULE).orElseThrow();
    assertThat(locks.replace(found, LOCK.givenBack())).isTrue();
    assertThat(locks.replace(found, LOCK)).isFalse();
    assertThat(locks.find(Sample.RULE).orElseThrow().document().released()).isTrue();
  }

  @Test
  void listsThoseThatAreHeld() {
    assertThat(locks.held()).isEmpty();
    Lock other = Lock.taken(Sample.RULE + "-2", "run-2", Sample.EXECUTION, Sample.START);
    locks.create(LOCK);
    locks.create(other);
    locks.create(Lock.taken(Sample.RULE + "-3", "run-3", "arn", Sample.START).givenBack());
    account.aws().s3().put("state", "deployments/run-1/snapshot.json", new byte[0]);
    assertThat(locks.held()).containsExactlyInAnyOrder(LOCK, other);
  }

  @Test
  void keepsTheLiveBuild() {
    Lock lock = LOCK.withLive(new ReleasedBuild("run-0", "image:1", Sample.START, null, null));
    locks.create(lock);
    assertThat(locks.find(Sample.RULE).orElseThrow().document()).isEqualTo(lock);
  }

  @Test
  void throttlingThatDoesNotEndMayPass() {
    account.refuse("s3:GetObject", 100, "SlowDown");
    assertThatThrownBy(() -> locks.find(Sample.RULE)).isInstanceOf(TransientFailure.class);
  }
}
