package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.Account;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3ReleaseSourceTest {
  private static final String RELEASE =
      "{\"imageUri\": \"backend:2\", \"steps\": [{\"weight\": 100}]}";

  private final Account account = new Account();
  private final ReleaseSource source =
      new S3ReleaseSource(account.client(S3Client.builder()), new ObjectMapper());

  @BeforeEach
  void createBucket() {
    account.aws().s3().createBucket("artifacts");
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void readsAPlainFile() {
    put("imageDetail.json", RELEASE.getBytes(StandardCharsets.UTF_8));

    Map<String, Object> release = source.read("artifacts", "imageDetail.json");

    assertThat(release)
        .isEqualTo(Map.of("imageUri", "backend:2", "steps", List.of(Map.of("weight", 100))));
  }

  @Test
  void readsAPipelinesArtifact() throws IOException {
    put("pipeline/Build Output/x1.zip", zip("other.json", "[]", "imageDetail.json", RELEASE));

    assertThat(source.read("artifacts", "pipeline/Build Output/x1.zip"))
        .containsEntry("imageUri", "backend:2");
  }

  @Test
  void anArtifactWithoutTheFileIsNamed() throws IOException {
    put("x1.zip", zip("taskdef.json", RELEASE, "deep/imageDetail.json", RELEASE));
    refused(
        "x1.zip",
        "s3://artifacts/x1.zip: found taskdef.json, \"deep/imageDetail.json\","
            + " expected imageDetail.json at its root");
  }

  @Test
  void anArtifactWithBrokenJsonIsNamed() throws IOException {
    put("x1.zip", zip("imageDetail.json", "{\"imageUri\": "));
    refused("x1.zip", "s3://artifacts/x1.zip: found broken JSON at line 1, column 14");
  }

  @Test
  void anObjectThatIsNotThereIsNamed() {
    refused("imageDetail.json", "s3://artifacts/imageDetail.json");
    refused("imageDetail.json", "NoSuchKey");
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> source.read("nowhere", "imageDetail.json"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("s3://nowhere/imageDetail.json")
        .hasMessageContaining("NoSuchBucket");
  }

  @Test
  void oneThrottledCallIsTriedAgainByTheSdk() {
    put("imageDetail.json", RELEASE.getBytes(StandardCharsets.UTF_8));
    account.refuse("s3:GetObject", 1, "SlowDown");
    assertThat(source.read("artifacts", "imageDetail.json")).containsKey("imageUri");
  }

  @Test
  void throttlingThatDoesNotEndMayPass() {
    account.refuse("s3:GetObject", 100, "SlowDown");
    assertThatThrownBy(() -> source.read("artifacts", "imageDetail.json"))
        .isInstanceOf(TransientFailure.class);
  }

  private void refused(String key, String message) {
    assertThatThrownBy(() -> source.read("artifacts", key))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(message);
  }

  private void put(String key, byte[] content) {
    account.aws().s3().put("artifacts", key, content);
  }

  /** Names and contents in turns. */
  private static byte[] zip(String... files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry(files[i]));
        zip.write(files[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
