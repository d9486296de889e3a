package io.crossfade.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Calls;
import io.crossfade.release.PermanentFailure;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * {@code locks/<rule>.json} in the state bucket, written on a condition (Amazon S3 User Guide,
 * Conditional writes).
 */
@ApplicationScoped
@RegisterForReflection(targets = {Lock.class, Build.class})
public class S3Locks implements Locks {
  private static final String FOLDER = "locks/";

  private final S3Client s3;
  private final ObjectMapper json;
  private final String bucket;

  public S3Locks(
      S3Client s3,
      ObjectMapper json,
      @ConfigProperty(name = "crossfade.state-bucket") String bucket) {
    this.s3 = s3;
    this.json = json;
    this.bucket = bucket;
  }

  /** The rule's ARN in characters that S3 takes as they are; no name in it has an underscore. */
  public static String key(String rule) {
    return FOLDER + "%s.json".formatted(rule.replaceAll("[^A-Za-z0-9-]", "_"));
  }

  @Override
  public Optional<Held> find(String rule) {
    return read(key(rule));
  }

  @Override
  public List<Lock> held() {
    return keys().stream()
        .flatMap(key -> read(key).stream())
        .map(Held::lock)
        .filter(lock -> !lock.released())
        .toList();
  }

  private List<String> keys() {
    return Calls.call(
        () ->
            s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(FOLDER)).contents().stream()
                .map(S3Object::key)
                .toList());
  }

  private Optional<Held> read(String key) {
    return Calls.call(
        () -> {
          try {
            return Optional.of(held(s3.getObjectAsBytes(r -> r.bucket(bucket).key(key))));
          } catch (NoSuchKeyException missing) {
            return Optional.empty();
          }
        });
  }

  @Override
  public boolean create(Lock lock) {
    return put(lock, r -> r.ifNoneMatch("*"));
  }

  @Override
  public boolean replace(Held found, Lock next) {
    return put(next, r -> r.ifMatch(found.version()));
  }

  /** 412: the condition does not hold; 409: another write was quicker. */
  private boolean put(Lock lock, Consumer<PutObjectRequest.Builder> condition) {
    RequestBody body = RequestBody.fromBytes(bytes(lock));
    return Calls.call(
        () -> {
          try {
            s3.putObject(
                r -> {
                  r.bucket(bucket).key(key(lock.rule())).contentType("application/json");
                  condition.accept(r);
                },
                body);
            return true;
          } catch (S3Exception refused) {
            if (refused.statusCode() == 412 || refused.statusCode() == 409) {
              return false;
            }
            throw refused;
          }
        });
  }

  private Held held(ResponseBytes<GetObjectResponse> found) {
    try {
      return new Held(json.readValue(found.asByteArray(), Lock.class), found.response().eTag());
    } catch (IOException unreadable) {
      throw new PermanentFailure(
          "the stored lock cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private byte[] bytes(Lock lock) {
    try {
      return json.writeValueAsBytes(lock);
    } catch (JsonProcessingException unwritable) {
      throw new PermanentFailure("the lock cannot be written", unwritable);
    }
  }
}
