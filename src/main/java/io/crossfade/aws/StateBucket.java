package io.crossfade.aws;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * JSON documents in the state bucket, written on a condition where two may write (Amazon S3 User
 * Guide, Conditional writes).
 */
@ApplicationScoped
public class StateBucket {
  private static final int WRITES = 4;

  private final S3Client s3;
  private final ObjectMapper json;
  private final String bucket;

  public StateBucket(
      S3Client s3,
      ObjectMapper json,
      @ConfigProperty(name = "crossfade.state-bucket") String bucket) {
    this.s3 = s3;
    this.json = json;
    this.bucket = bucket;
  }

  /**
   * Where a document of a deployment lies.
   *
   * @param document the file's name, such as {@code snapshot.json}
   */
  public static String key(String deployment, String document) {
    return "deployments/%s/%s".formatted(deployment, document);
  }

  /**
   * @throws PermanentFailure if something else is stored there
   */
  public <T> Optional<Versioned<T>> find(String key, Class<T> type) {
    return AwsCalls.call(
        () -> {
          try {
            return Optional.of(parsed(s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)), type));
          } catch (NoSuchKeyException missing) {
            return Optional.empty();
          }
        });
  }

  /** All that begin so. */
  public List<String> keys(String prefix) {
    return AwsCalls.call(
        () ->
            s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList());
  }

  public void put(String key, Object document) {
    write(key, document, r -> {});
  }

  /** A page for a browser, which is no document. */
  public void putPage(String key, String html) {
    AwsCalls.run(
        () ->
            s3.putObject(
                r -> r.bucket(bucket).key(key).contentType("text/html; charset=utf-8"),
                RequestBody.fromString(html)));
  }

  /** Its name, for people. */
  public String name() {
    return bucket;
  }

  /**
   * For what nobody may wait for.
   *
   * @param patience how long the write may take with its retries
   */
  public void putWithin(Duration patience, String key, Object document) {
    write(key, document, r -> r.overrideConfiguration(o -> o.apiCallTimeout(patience)));
  }

  /**
   * @return false if there is one already
   */
  public boolean create(String key, Object document) {
    return write(key, document, r -> r.ifNoneMatch("*")).isPresent();
  }

  /**
   * @return the new version; empty if the document is no longer the version that was found
   */
  public <T> Optional<Versioned<T>> replace(String key, T document, String version) {
    return write(key, document, r -> r.ifMatch(version))
        .map(written -> new Versioned<>(document, written));
  }

  /**
   * 412: the condition does not hold. 409: another operation crossed the write, which is to be
   * tried again (Amazon S3 API reference, PutObject).
   */
  private Optional<String> write(
      String key, Object document, Consumer<PutObjectRequest.Builder> condition) {
    RequestBody body = RequestBody.fromBytes(bytes(document));
    return AwsCalls.call(
        () -> {
          for (int attempt = 0; attempt < WRITES; attempt++) {
            try {
              return Optional.of(put(key, body, condition));
            } catch (S3Exception refused) {
              if (refused.statusCode() == 412) {
                return Optional.empty();
              }
              if (refused.statusCode() != 409) {
                throw refused;
              }
            }
          }
          throw new TransientFailure("other writes crossed that of " + key);
        });
  }

  private String put(String key, RequestBody body, Consumer<PutObjectRequest.Builder> condition) {
    PutObjectResponse written =
        s3.putObject(
            r -> {
              r.bucket(bucket).key(key).contentType("application/json");
              condition.accept(r);
            },
            body);
    return requireNonNullElse(written.eTag(), "");
  }

  /** The parser's message would quote what is stored, a task token among it. */
  private <T> Versioned<T> parsed(ResponseBytes<GetObjectResponse> found, Class<T> type) {
    try {
      T document = json.readValue(found.asByteArray(), type);
      if (document != null) {
        return new Versioned<>(document, found.response().eTag());
      }
    } catch (IOException unreadable) {
      // It is said below.
    }
    throw new PermanentFailure("the stored %s cannot be read".formatted(name(type)));
  }

  private byte[] bytes(Object document) {
    try {
      return json.writeValueAsBytes(document);
    } catch (JsonProcessingException unwritable) {
      throw new PermanentFailure("the %s cannot be written".formatted(name(document.getClass())));
    }
  }

  private static String name(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
