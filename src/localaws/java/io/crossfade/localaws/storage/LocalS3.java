package io.crossfade.localaws.storage;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.SdkMembers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Buckets in memory. Not emulated: versions (an overwritten object is gone, also where a template
 * turns versioning on), lifecycle, uploads in parts, ranges, and AWS's answer 409 to some
 * concurrent conditional writes: here one of them wins and the others get 412.
 */
public final class LocalS3 {
  private static final int MAX_KEYS = 1000;
  private static final int MAX_KEY_BYTES = 1024;

  private final ScaledClock clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  public LocalS3(ScaledClock clock) {
    this.clock = clock;
  }

  /** Creates a bucket unless it exists. */
  public void createBucket(String name) {
    buckets.putIfAbsent(name, new Bucket());
  }

  public void put(String bucket, String key, byte[] bytes) {
    putObject(PutObjectRequest.builder().bucket(bucket).key(key).build(), bytes);
  }

  /** The object's content; empty if there is no such object. */
  public Optional<byte[]> get(String bucket, String key) {
    return bucket(bucket).find(key).map(object -> object.bytes().clone());
  }

  /** All keys of a bucket, in order. */
  public List<String> keys(String bucket) {
    return bucket(bucket).after("", "").stream().map(Map.Entry::getKey).toList();
  }

  public CreateBucketResponse createBucket(CreateBucketRequest request) {
    SdkMembers.requireOnly(request, "Bucket");
    if (buckets.putIfAbsent(request.bucket(), new Bucket()) != null) {
      throw S3Errors.bucketExists();
    }
    return CreateBucketResponse.builder().location("/" + request.bucket()).build();
  }

  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    SdkMembers.requireOnly(request, "Bucket");
    bucket(request.bucket());
    return HeadBucketResponse.builder().bucketRegion("eu-central-1").build();
  }

  /** Stores an object; {@code If-None-Match: *} and {@code If-Match} are checked atomically. */
  public PutObjectResponse putObject(PutObjectRequest request, byte[] bytes) {
    SdkMembers.requireOnly(
        request,
        "Bucket",
        "Key",
        "ContentType",
        "ContentLength",
        "Metadata",
        "IfMatch",
        "IfNoneMatch",
        "ServerSideEncryption",
        "ChecksumAlgorithm",
        "ChecksumCRC32");
    StoredObject object = object(request, bytes);
    validate(request, object);
    bucket(request.bucket()).put(request.key(), object, found -> allow(request, found));
    return PutObjectResponse.builder()
        .eTag(object.etag())
        .serverSideEncryption(object.serverSideEncryption())
        .checksumCRC32(object.crc32())
        .build();
  }

  private StoredObject object(PutObjectRequest request, byte[] bytes) {
    String type = request.contentType();
    return new StoredObject(
        bytes.clone(),
        type == null ? "binary/octet-stream" : type,
        request.serverSideEncryptionAsString(),
        Map.copyOf(request.metadata()),
        clock.now());
  }

  private static void validate(PutObjectRequest request, StoredObject object) {
    if (request.checksumCRC32() != null && !request.checksumCRC32().equals(object.crc32())) {
      throw S3Errors.invalid("BadDigest", "The CRC32 you specified did not match the content.");
    }
    if (request.key().getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      throw S3Errors.invalid("KeyTooLongError", "Your key is too long");
    }
  }

  private static void allow(PutObjectRequest request, Optional<StoredObject> found) {
    if (request.ifNoneMatch() != null) {
      allowNew(request.ifNoneMatch(), found);
    }
    if (request.ifMatch() != null) {
      mustMatch(request.ifMatch()).accept(found);
    }
  }

  private static void allowNew(String condition, Optional<StoredObject> found) {
    if (!condition.equals("*")) {
      throw new UnsupportedOperationException("If-None-Match with anything but *");
    }
    if (found.isPresent()) {
      throw S3Errors.preconditionFailed();
    }
  }

  private static Consumer<Optional<StoredObject>> mustMatch(String condition) {
    return found -> {
      if (!found.orElseThrow(S3Errors::noSuchKey).matches(condition)) {
        throw S3Errors.preconditionFailed();
      }
    };
  }

  public ResponseBytes<GetObjectResponse> getObject(GetObjectRequest request) {
    SdkMembers.requireOnly(request, "Bucket", "Key", "IfMatch", "ChecksumMode");
    StoredObject object = find(request.bucket(), request.key(), request.ifMatch());
    GetObjectResponse.Builder response =
        GetObjectResponse.builder()
            .eTag(object.etag())
            .contentLength((long) object.bytes().length)
            .contentType(object.contentType())
            .lastModified(object.lastModified())
            .metadata(object.metadata())
            .serverSideEncryption(object.serverSideEncryption());
    if (request.checksumMode() != null) {
      response.checksumCRC32(object.crc32()).checksumType("FULL_OBJECT");
    }
    return ResponseBytes.fromByteArray(response.build(), object.bytes());
  }

  public HeadObjectResponse headObject(HeadObjectRequest request) {
    SdkMembers.requireOnly(request, "Bucket", "Key", "IfMatch", "ChecksumMode");
    StoredObject object = find(request.bucket(), request.key(), request.ifMatch());
    return HeadObjectResponse.builder()
        .eTag(object.etag())
        .contentLength((long) object.bytes().length)
        .contentType(object.contentType())
        .lastModified(object.lastModified())
        .metadata(object.metadata())
        .serverSideEncryption(object.serverSideEncryption())
        .build();
  }

  private StoredObject find(String bucket, String key, String ifMatch) {
    Optional<StoredObject> found = bucket(bucket).find(key);
    if (ifMatch != null) {
      mustMatch(ifMatch).accept(found);
    }
    return found.orElseThrow(S3Errors::noSuchKey);
  }

  /** Deleting what is not there succeeds, unless the caller named what it expects to be there. */
  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    SdkMembers.requireOnly(request, "Bucket", "Key", "IfMatch");
    Consumer<Optional<StoredObject>> condition =
        request.ifMatch() == null ? found -> {} : mustMatch(request.ifMatch());
    bucket(request.bucket()).remove(request.key(), condition);
    return DeleteObjectResponse.builder().build();
  }

  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    SdkMembers.requireOnly(
        request, "Bucket", "Prefix", "MaxKeys", "StartAfter", "ContinuationToken", "EncodingType");
    String prefix = request.prefix() == null ? "" : request.prefix();
    int max = request.maxKeys() == null ? MAX_KEYS : Math.min(request.maxKeys(), MAX_KEYS);
    List<Map.Entry<String, StoredObject>> rest =
        bucket(request.bucket()).after(startOf(request), prefix);
    List<S3Object> page = rest.stream().limit(max).map(LocalS3::listed).toList();
    boolean truncated = rest.size() > page.size();
    return ListObjectsV2Response.builder()
        .name(request.bucket())
        .prefix(prefix)
        .maxKeys(max)
        .keyCount(page.size())
        .contents(page)
        .isTruncated(truncated)
        .continuationToken(request.continuationToken())
        .nextContinuationToken(
            truncated ? ContinuationToken.of(page.get(page.size() - 1).key()) : null)
        .build();
  }

  private static String startOf(ListObjectsV2Request request) {
    if (request.continuationToken() != null) {
      return ContinuationToken.key(request.continuationToken());
    }
    return request.startAfter() == null ? "" : request.startAfter();
  }

  private static S3Object listed(Map.Entry<String, StoredObject> entry) {
    StoredObject object = entry.getValue();
    return S3Object.builder()
        .key(entry.getKey())
        .eTag(object.etag())
        .size((long) object.bytes().length)
        .lastModified(object.lastModified())
        .storageClass("STANDARD")
        .build();
  }

  private Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw S3Errors.noSuchBucket();
    }
    return bucket;
  }
}
