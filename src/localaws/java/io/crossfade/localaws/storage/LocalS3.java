package io.crossfade.localaws.storage;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.SdkMembers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
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
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Buckets in memory. Not emulated: versions (an overwritten object is gone, also where a template
 * turns versioning on), lifecycle, uploads in parts and ranges. Of concurrent conditional writes
 * one wins and the others get 412; {@link #conflictEvery} adds AWS's answer 409.
 */
public final class LocalS3 {
  private static final int MAX_KEYS = 1000;
  private static final int MAX_BUCKETS = 10_000;
  private static final int MAX_KEY_BYTES = 1024;

  private final ScaledClock clock;
  private final AtomicInteger conditionalWrites = new AtomicInteger();
  private volatile int conflictEvery = Integer.MAX_VALUE;
  private final AtomicLong writes = new AtomicLong();
  private final List<Consumer<ObjectCreated>> listeners = new CopyOnWriteArrayList<>();
  private final NavigableMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();

  public LocalS3(ScaledClock clock) {
    this.clock = clock;
  }

  /**
   * From now on, one of so many conditional writes that could succeed is answered with 409, and
   * nothing is written: "If a conflicting operation occurs during the upload" (API reference,
   * PutObject). Here none need occur.
   */
  public void conflictEvery(int writes) {
    conflictEvery = writes;
  }

  /** Calls back after each write of an object, on the thread of its author. */
  public void onCreated(Consumer<ObjectCreated> listener) {
    listeners.add(listener);
  }

  /** Creates a bucket unless it exists. */
  public void createBucket(String name) {
    buckets.putIfAbsent(name, new Bucket(clock.now()));
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
    if (buckets.putIfAbsent(request.bucket(), new Bucket(clock.now())) != null) {
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
    ObjectCreated created =
        new ObjectCreated(
            request.bucket(),
            request.key(),
            bytes.length,
            object.etag(),
            writes.incrementAndGet(),
            object.lastModified());
    listeners.forEach(listener -> listener.accept(created));
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

  private void allow(PutObjectRequest request, Optional<StoredObject> found) {
    if (request.ifNoneMatch() != null) {
      allowNew(request.ifNoneMatch(), found);
    }
    if (request.ifMatch() != null) {
      mustMatch(request.ifMatch()).accept(found);
    }
    boolean conditional = request.ifNoneMatch() != null || request.ifMatch() != null;
    if (conditional && conditionalWrites.incrementAndGet() % conflictEvery == 0) {
      throw S3Errors.conflict();
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

  public ListBucketsResponse listBuckets(ListBucketsRequest request) {
    SdkMembers.requireOnly(request, "MaxBuckets", "ContinuationToken", "Prefix");
    int max = request.maxBuckets() == null ? MAX_BUCKETS : request.maxBuckets();
    if (max < 1 || max > MAX_BUCKETS) {
      throw S3Errors.invalid("InvalidArgument", "max-buckets is 1 to 10000, found " + max);
    }
    String prefix = request.prefix() == null ? "" : request.prefix();
    String token = request.continuationToken();
    String start = token == null ? "" : ContinuationToken.key(token);
    List<String> rest =
        buckets.tailMap(start, false).keySet().stream()
            .filter(name -> name.startsWith(prefix))
            .toList();
    List<String> page = rest.subList(0, Math.min(max, rest.size()));
    return ListBucketsResponse.builder()
        .owner(owner -> owner.id(Arns.ACCOUNT))
        .buckets(page.stream().map(this::listed).toList())
        .prefix(request.prefix())
        .continuationToken(
            page.size() < rest.size() ? ContinuationToken.of(page.get(page.size() - 1)) : null)
        .build();
  }

  private software.amazon.awssdk.services.s3.model.Bucket listed(String name) {
    return software.amazon.awssdk.services.s3.model.Bucket.builder()
        .name(name)
        .creationDate(bucket(name).created())
        .build();
  }

  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    SdkMembers.requireOnly(
        request,
        "Bucket",
        "Prefix",
        "Delimiter",
        "MaxKeys",
        "StartAfter",
        "ContinuationToken",
        "EncodingType");
    String prefix = request.prefix() == null ? "" : request.prefix();
    int max = request.maxKeys() == null ? MAX_KEYS : Math.min(request.maxKeys(), MAX_KEYS);
    if (max < 0) {
      throw S3Errors.invalid("InvalidArgument", "max-keys must not be negative, found " + max);
    }
    List<S3Object> objects = new ArrayList<>();
    Set<String> folders = new LinkedHashSet<>();
    String last = null;
    boolean truncated = false;
    for (var entry : bucket(request.bucket()).after(startOf(request), prefix)) {
      Optional<String> folder = folder(entry.getKey(), prefix, request.delimiter());
      if (!folder.map(folders::contains).orElse(false)) {
        if (objects.size() + folders.size() == max) {
          truncated = max > 0;
          break;
        }
        folder.ifPresentOrElse(folders::add, () -> objects.add(listed(entry)));
      }
      last = entry.getKey();
    }
    return ListObjectsV2Response.builder()
        .name(request.bucket())
        .prefix(prefix)
        .delimiter(request.delimiter())
        .maxKeys(max)
        .keyCount(objects.size() + folders.size())
        .contents(objects)
        .commonPrefixes(
            folders.stream().map(f -> CommonPrefix.builder().prefix(f).build()).toList())
        .isTruncated(truncated)
        .continuationToken(request.continuationToken())
        .nextContinuationToken(truncated ? ContinuationToken.of(last) : null)
        .build();
  }

  /** The common prefix under which a key is listed, up to the first delimiter after the prefix. */
  private static Optional<String> folder(String key, String prefix, String delimiter) {
    if (delimiter == null || delimiter.isEmpty()) {
      return Optional.empty();
    }
    int at = key.indexOf(delimiter, prefix.length());
    return at < 0 ? Optional.empty() : Optional.of(key.substring(0, at + delimiter.length()));
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
