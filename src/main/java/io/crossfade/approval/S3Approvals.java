package io.crossfade.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Calls;
import io.crossfade.gate.Alarm;
import io.crossfade.release.PermanentFailure;
import io.crossfade.slack.Posted;
import io.crossfade.traffic.Totals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
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

/**
 * {@code approvals/<nonce>.json} and {@code deployments/<id>/approval.json} in the state bucket,
 * written on a condition (Amazon S3 User Guide, Conditional writes).
 */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      Pending.class,
      Decision.class,
      Evidence.class,
      Asked.class,
      Alarm.class,
      Posted.class,
      Totals.class,
      Totals.Count.class
    })
public class S3Approvals implements Approvals {
  private final S3Client s3;
  private final ObjectMapper json;
  private final String bucket;

  public S3Approvals(
      S3Client s3,
      ObjectMapper json,
      @ConfigProperty(name = "crossfade.state-bucket") String bucket) {
    this.s3 = s3;
    this.json = json;
    this.bucket = bucket;
  }

  @Override
  public void keep(Pending pending) {
    put(key(pending.nonce()), pending, r -> r.ifNoneMatch("*"));
  }

  @Override
  public Optional<Kept> find(String nonce) {
    return get(key(nonce))
        .map(found -> new Kept(parsed(found, Pending.class), found.response().eTag()));
  }

  @Override
  public boolean replace(Kept found, Pending next) {
    return put(key(next.nonce()), next, r -> r.ifMatch(found.version()));
  }

  @Override
  public void posted(String deploymentId, Asked asked) {
    put(askedKey(deploymentId), asked, r -> {});
  }

  @Override
  public Optional<Asked> asked(String deploymentId) {
    return get(askedKey(deploymentId)).map(found -> parsed(found, Asked.class));
  }

  private static String key(String nonce) {
    return "approvals/%s.json".formatted(nonce);
  }

  private static String askedKey(String deploymentId) {
    return "deployments/%s/approval.json".formatted(deploymentId);
  }

  /**
   * @return false if the condition does not hold, or another write was quicker
   */
  private boolean put(String key, Object value, Consumer<PutObjectRequest.Builder> condition) {
    RequestBody body = RequestBody.fromBytes(bytes(value));
    return Calls.call(
        () -> {
          try {
            s3.putObject(
                r -> {
                  r.bucket(bucket).key(key).contentType("application/json");
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

  private Optional<ResponseBytes<GetObjectResponse>> get(String key) {
    return Calls.call(
        () -> {
          try {
            return Optional.of(s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)));
          } catch (NoSuchKeyException missing) {
            return Optional.empty();
          }
        });
  }

  private byte[] bytes(Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (JsonProcessingException unwritable) {
      throw new PermanentFailure("the approval cannot be written", null);
    }
  }

  /** The parser's message would quote the token, so it is not passed on. */
  private <T> T parsed(ResponseBytes<GetObjectResponse> found, Class<T> type) {
    try {
      return json.readValue(found.asByteArray(), type);
    } catch (IOException unreadable) {
      throw new PermanentFailure("the stored approval cannot be read", null);
    }
  }
}
