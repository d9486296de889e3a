package io.crossfade.localaws.wire;

import io.crossfade.localaws.storage.LocalS3;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The operations of S3: a method on all buckets, on one, or on an object in it. */
enum S3Operation {
  LIST_BUCKETS(
      "ListBuckets",
      "GET",
      Scope.ACCOUNT,
      ListBucketsRequest.class,
      (s3, request, body) -> S3Answer.xml("ListAllMyBucketsResult", s3.listBuckets(request))),
  CREATE_BUCKET(
      "CreateBucket",
      "PUT",
      Scope.BUCKET,
      CreateBucketRequest.class,
      (s3, request, body) -> S3Answer.ok(s3.createBucket(request))),
  HEAD_BUCKET(
      "HeadBucket",
      "HEAD",
      Scope.BUCKET,
      HeadBucketRequest.class,
      (s3, request, body) -> S3Answer.ok(s3.headBucket(request))),
  LIST_OBJECTS_V2(
      "ListObjectsV2",
      "GET",
      Scope.BUCKET,
      ListObjectsV2Request.class,
      (s3, request, body) -> S3Answer.xml("ListBucketResult", s3.listObjectsV2(request))),
  PUT_OBJECT(
      "PutObject",
      "PUT",
      Scope.OBJECT,
      PutObjectRequest.class,
      (s3, request, body) -> S3Answer.ok(s3.putObject(request, body))),
  GET_OBJECT(
      "GetObject",
      "GET",
      Scope.OBJECT,
      GetObjectRequest.class,
      (s3, request, body) -> S3Answer.of(s3.getObject(request))),
  HEAD_OBJECT(
      "HeadObject",
      "HEAD",
      Scope.OBJECT,
      HeadObjectRequest.class,
      (s3, request, body) -> S3Answer.ok(s3.headObject(request))),
  DELETE_OBJECT(
      "DeleteObject",
      "DELETE",
      Scope.OBJECT,
      DeleteObjectRequest.class,
      (s3, request, body) -> new S3Answer(204, s3.deleteObject(request), new byte[0]));

  private final String wireName;
  private final String method;
  private final Scope scope;
  private final Class<? extends SdkPojo> requestClass;
  private final Effect<Object> effect;

  /** What an operation is about. */
  private enum Scope {
    ACCOUNT,
    BUCKET,
    OBJECT;

    static Scope of(S3Address address) {
      if (address.bucket().isEmpty()) {
        return ACCOUNT;
      }
      return address.key().isEmpty() ? BUCKET : OBJECT;
    }
  }

  /** What the storage does for a request. */
  private interface Effect<R> {
    S3Answer run(LocalS3 s3, R request, byte[] body);
  }

  <R extends SdkPojo> S3Operation(
      String wireName, String method, Scope scope, Class<R> requestClass, Effect<R> effect) {
    this.wireName = wireName;
    this.method = method;
    this.scope = scope;
    this.requestClass = requestClass;
    this.effect = (s3, request, body) -> effect.run(s3, requestClass.cast(request), body);
  }

  static Optional<S3Operation> of(String method, S3Address address) {
    return Arrays.stream(values())
        .filter(one -> one.method.equals(method) && one.scope == Scope.of(address))
        .findFirst();
  }

  String wireName() {
    return wireName;
  }

  SdkPojo requestBuilder() {
    return SdkModel.builder(requestClass);
  }

  S3Answer run(LocalS3 s3, Object request, byte[] body) {
    return effect.run(s3, request, body);
  }

  /** A response and what goes into the HTTP body, which its model does not hold. */
  record S3Answer(int status, SdkPojo response, byte[] body) {
    static S3Answer ok(SdkPojo response) {
      return new S3Answer(200, response, new byte[0]);
    }

    static S3Answer of(ResponseBytes<GetObjectResponse> found) {
      return new S3Answer(200, found.response(), found.asByteArrayUnsafe());
    }

    static S3Answer xml(String root, SdkPojo response) {
      String namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
      byte[] body = new XmlWriter().open(root, namespace).members(response).close(root).bytes();
      return new S3Answer(200, response, body);
    }
  }
}
