package io.crossfade.localaws.iam;

import io.crossfade.localaws.wire.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Of S3, whose actions do not all have their operation's name. */
final class S3Actions {
  private S3Actions() {}

  static List<AccessRequest> of(Call call) {
    Object request = call.request();
    if (request instanceof GetObjectRequest get) {
      return List.of(AccessRequest.of("s3:GetObject", object(get.bucket(), get.key())));
    }
    if (request instanceof HeadObjectRequest head) {
      return List.of(AccessRequest.of("s3:GetObject", object(head.bucket(), head.key())));
    }
    if (request instanceof PutObjectRequest put) {
      return put(put);
    }
    if (request instanceof DeleteObjectRequest delete) {
      return List.of(AccessRequest.of("s3:DeleteObject", object(delete.bucket(), delete.key())));
    }
    if (request instanceof ListObjectsV2Request list) {
      return List.of(list(list.bucket(), list.prefix()));
    }
    if (request instanceof HeadBucketRequest head) {
      return List.of(list(head.bucket(), null));
    }
    if (request instanceof CreateBucketRequest create) {
      return List.of(AccessRequest.of("s3:CreateBucket", bucket(create.bucket())));
    }
    throw CallActions.unknown(call);
  }

  /**
   * A write that depends on what is there tells something of it.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
   *     writes</a>
   */
  private static List<AccessRequest> put(PutObjectRequest put) {
    String object = object(put.bucket(), put.key());
    List<AccessRequest> needed = new ArrayList<>();
    needed.add(AccessRequest.of("s3:PutObject", object));
    if (put.ifMatch() != null) {
      needed.add(AccessRequest.of("s3:GetObject", object));
    }
    return needed;
  }

  /** Who may not list a bucket is not told either that an object is missing. */
  static AccessRequest missing(Call call) {
    Object request = call.request();
    if (request instanceof GetObjectRequest get) {
      return list(get.bucket(), null);
    }
    return request instanceof HeadObjectRequest head ? list(head.bucket(), null) : null;
  }

  private static AccessRequest list(String bucket, String prefix) {
    return new AccessRequest(
        "s3:ListBucket", bucket(bucket), prefix == null ? Map.of() : Map.of("s3:prefix", prefix));
  }

  private static String bucket(String name) {
    return "arn:aws:s3:::" + name;
  }

  private static String object(String bucket, String key) {
    return bucket(bucket) + "/" + key;
  }
}
