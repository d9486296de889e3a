package io.crossfade.rollback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Calls;
import io.crossfade.fleet.PointOfNoReturn;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** {@code deployments/<id>/snapshot.json} and {@code finishing.json} in the state bucket. */
@ApplicationScoped
public class S3SnapshotStore implements SnapshotStore, PointOfNoReturn {
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
    put(key(deployment.id()), deployment);
  }

  @Override
  public void passed(Deployment deployment) {
    put(finishingKey(deployment.id()), deployment);
  }

  private void put(String key, Deployment deployment) {
    byte[] bytes = bytes(deployment);
    Calls.run(
        () ->
            s3.putObject(
                r -> r.bucket(bucket).key(key).contentType("application/json"),
                RequestBody.fromBytes(bytes)));
  }

  @Override
  public Optional<Deployment> find(String id) {
    return get(key(id));
  }

  @Override
  public Optional<Deployment> findFinishing(String id) {
    return get(finishingKey(id));
  }

  private Optional<Deployment> get(String key) {
    return Calls.call(
        () -> {
          try {
            return Optional.of(parsed(s3.getObjectAsBytes(r -> r.bucket(bucket).key(key))));
          } catch (NoSuchKeyException missing) {
            return Optional.empty();
          }
        });
  }

  private static String key(String id) {
    return "deployments/%s/snapshot.json".formatted(id);
  }

  private static String finishingKey(String id) {
    return "deployments/%s/finishing.json".formatted(id);
  }

  private Deployment parsed(ResponseBytes<GetObjectResponse> found) {
    try {
      return json.readValue(found.asByteArray(), Deployment.class);
    } catch (IOException unreadable) {
      throw new PermanentFailure(
          "the stored snapshot cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private byte[] bytes(Deployment deployment) {
    try {
      return json.writeValueAsBytes(deployment);
    } catch (JsonProcessingException unwritable) {
      throw new PermanentFailure("the deployment document cannot be written", unwritable);
    }
  }
}
