package io.crossfade.rollback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Calls;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code deployments/<id>/snapshot.json} in the state bucket. */
@ApplicationScoped
public class S3SnapshotStore implements SnapshotStore {
  private final S3Client s3;
  private final ObjectMapper json;
  private final String bucket;

  public S3SnapshotStore(
      S3Client s3,
      ObjectMapper json,
      @ConfigProperty(name = "crossfade.state-bucket") String bucket) {
    this.s3 = s3;
    this.json = json;
    this.bucket = bucket;
  }

  @Override
  public void save(Deployment deployment) {
    String key = "deployments/%s/snapshot.json".formatted(deployment.id());
    byte[] bytes = bytes(deployment);
    Calls.run(
        () ->
            s3.putObject(
                r -> r.bucket(bucket).key(key).contentType("application/json"),
                RequestBody.fromBytes(bytes)));
  }

  private byte[] bytes(Deployment deployment) {
    try {
      return json.writeValueAsBytes(deployment);
    } catch (JsonProcessingException unwritable) {
      throw new PermanentFailure("the deployment document cannot be written", unwritable);
    }
  }
}
