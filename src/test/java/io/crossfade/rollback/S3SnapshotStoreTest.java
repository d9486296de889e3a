package io.crossfade.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.crossfade.aws.StateBucket;
import io.crossfade.localaws.Account;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

class S3SnapshotStoreTest {
  private static final String KEY = "deployments/run-1/snapshot.json";

  private final ObjectMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .build();
  private final Account account = new Account();
  private final S3SnapshotStore store = store("state");

  @BeforeEach
  void createBucket() {
    account.aws().s3().createBucket("state");
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void keepsTheWholeDocumentUnderTheDeploymentsId() throws IOException {
    store.save(Sample.at(-1));

    assertThat(account.aws().s3().keys("state")).containsExactly(KEY);
    assertThat(kept()).isEqualTo(Sample.at(-1));
    assertThat(
            account
                .aws()
                .s3()
                .headObject(HeadObjectRequest.builder().bucket("state").key(KEY).build())
                .contentType())
        .isEqualTo("application/json");
  }

  @Test
  void findsWhatWasKept() {
    assertThat(store.find("run-1")).isEmpty();
    store.save(Sample.at(-1));
    assertThat(store.find("run-1")).contains(Sample.at(-1));
    assertThat(store.findFinishing("run-1")).isEmpty();
    store.passed(Sample.at(3));
    assertThat(store.findFinishing("run-1")).contains(Sample.at(3));
    assertThat(store.find("run-1")).contains(Sample.at(-1));
  }

  @Test
  void aRetryWritesItOnceMore() throws IOException {
    store.save(Sample.at(-1));
    Deployment later = Sample.at(-1).recordEvent("planned again", Sample.START);

    store.save(later);

    assertThat(kept()).isEqualTo(later);
    assertThat(account.aws().s3().keys("state")).hasSize(1);
  }

  @Test
  void aBucketThatIsNotThereIsPermanent() {
    assertThatThrownBy(() -> store("nowhere").save(Sample.at(-1)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("NoSuchBucket");
  }

  @Test
  void oneThrottledCallIsTriedAgainByTheSdk() throws IOException {
    account.refuse("s3:PutObject", 1, "SlowDown");
    store.save(Sample.at(-1));
    assertThat(kept()).isEqualTo(Sample.at(-1));
  }

  @Test
  void throttlingThatDoesNotEndMayPass() {
    account.refuse("s3:PutObject", 100, "SlowDown");
    assertThatThrownBy(() -> store.save(Sample.at(-1))).isInstanceOf(TransientFailure.class);
    assertThat(account.aws().s3().keys("state")).isEmpty();
  }

  private S3SnapshotStore store(String bucket) {
    return new S3SnapshotStore(new StateBucket(account.client(S3Client.builder()), json, bucket));
  }

  private Deployment kept() throws IOException {
    return json.readValue(account.aws().s3().get("state", KEY).orElseThrow(), Deployment.class);
  }
}
