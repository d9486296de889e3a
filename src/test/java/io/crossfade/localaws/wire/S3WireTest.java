package io.crossfade.localaws.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.storage.LocalS3;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3WireTest {
  private static final String BUCKET = "crossfade-state";
  private final Gateway gateway = new Gateway();
  private final ScaledClock clock = new ScaledClock(1);
  private final LocalS3 storage = new LocalS3(clock);
  private final S3Client s3 = SdkClients.at(gateway.endpoint(), "AKIDLOCK", S3Client.builder());

  @BeforeEach
  void serve() {
    storage.createBucket(BUCKET);
    gateway.serveS3(storage);
  }

  @AfterEach
  void close() {
    gateway.close();
    clock.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 70_000, 3_000_000})
  void bytesComeBackAsTheyWentIn(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);

    s3.putObject(r -> r.bucket(BUCKET).key("a/b.bin"), RequestBody.fromBytes(bytes));

    assertThat(storage.get(BUCKET, "a/b.bin"))
        .hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
    assertThat(read("a/b.bin").asByteArray()).isEqualTo(bytes);
  }

  @Test
  void typeMetadataAndTagComeBack() {
    String tag =
        s3.putObject(
                r ->
                    r.bucket(BUCKET)
                        .key("k")
                        .contentType("application/json")
                        .metadata(Map.of("holder", "d-1")),
                RequestBody.fromString("{}"))
            .eTag();

    GetObjectResponse found = read("k").response();

    assertThat(tag).isEqualTo("\"99914b932bd37a50b983c5e7c90ae93b\"");
    assertThat(found.eTag()).isEqualTo(tag);
    assertThat(found.contentType()).isEqualTo("application/json");
    assertThat(found.metadata()).containsExactly(Map.entry("holder", "d-1"));
  }

  @Test
  void headTellsSizeWithoutContent() {
    storage.put(BUCKET, "k", "12345".getBytes(UTF_8));

    HeadObjectResponse head = s3.headObject(r -> r.bucket(BUCKET).key("k"));

    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.lastModified()).isNotNull();
  }

  @Test
  void checksumIsAnsweredWhenAskedFor() {
    storage.put(BUCKET, "k", "12345".getBytes(UTF_8));

    GetObjectResponse found =
        s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("k").checksumMode(ChecksumMode.ENABLED))
            .response();

    assertThat(found.checksumCRC32()).isEqualTo("y/U6HA==");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "a+b", "ü/€", "a%2Fb", "a//b", "locks/arn:aws:x/1.json", "a&b=c?d"})
  void keyMayHoldAnyCharacter(String key) {
    s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString("x"));

    assertThat(storage.keys(BUCKET)).containsExactly(key);
    assertThat(read(key).asUtf8String()).isEqualTo("x");
    assertThat(listed(s3.listObjectsV2(r -> r.bucket(BUCKET)))).containsExactly(key);
  }

  @Test
  void missingObjectIsNoSuchKey() {
    assertThatThrownBy(() -> read("none"))
        .isInstanceOfSatisfying(
            NoSuchKeyException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(404);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchKey");
            });
    assertThatThrownBy(() -> s3.headObject(r -> r.bucket(BUCKET).key("none")))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void missingBucketIsNoSuchBucket() {
    assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket("other").key("k")))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void bucketIsCreatedOnce() {
    s3.createBucket(r -> r.bucket("second"));

    s3.headBucket(r -> r.bucket("second"));
    assertThatThrownBy(() -> s3.createBucket(r -> r.bucket("second")))
        .isInstanceOf(BucketAlreadyOwnedByYouException.class);
  }

  @Test
  void objectIsNotOverwrittenWhereNoneMayBe() {
    putNew("lock", "first");

    assertPreconditionFailed(() -> putNew("lock", "second"));

    assertThat(read("lock").asUtf8String()).isEqualTo("first");
  }

  @Test
  void objectIsReplacedOnlyIfItIsTheOneRead() {
    String first = putNew("lock", "first");
    String second = replace("lock", first, "second");

    assertPreconditionFailed(() -> replace("lock", first, "third"));

    assertThat(second).isNotEqualTo(first);
    assertThat(read("lock").asUtf8String()).isEqualTo("second");
  }

  @Test
  void replacingWhatIsGoneIsNoSuchKey() {
    assertThatThrownBy(() -> replace("lock", "\"0\"", "x")).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void objectIsDeletedOnlyIfItIsTheOneRead() {
    String tag = putNew("lock", "first");

    assertPreconditionFailed(
        () -> s3.deleteObject(r -> r.bucket(BUCKET).key("lock").ifMatch("\"0\"")));
    s3.deleteObject(r -> r.bucket(BUCKET).key("lock").ifMatch(tag));

    assertThat(storage.keys(BUCKET)).isEmpty();
  }

  @Test
  void deletingWhatIsNotThereSucceeds() {
    s3.deleteObject(r -> r.bucket(BUCKET).key("none"));

    assertThat(gateway.callCounts()).isEqualTo(Map.of("s3:DeleteObject", 1L));
  }

  @Test
  void objectIsReadOnlyIfItIsTheOneExpected() {
    String tag = putNew("k", "x");

    assertThat(s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("k").ifMatch(tag)).asUtf8String())
        .isEqualTo("x");
    assertPreconditionFailed(
        () -> s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("k").ifMatch("\"0\"")));
  }

  @Test
  void oneOfManyTakesTheLock() throws Exception {
    Callable<Boolean> taker = () -> takes("locks/rule.json");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Boolean> taken = new ArrayList<>();
      for (Future<Boolean> one : threads.invokeAll(Collections.nCopies(16, taker))) {
        taken.add(one.get());
      }
      assertThat(taken).containsOnlyOnce(true);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean takes(String lock) {
    try {
      putNew(lock, "holder");
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(412);
      return false;
    }
  }

  @Test
  void listingIsPagedAndFiltered() {
    for (int i = 0; i < 5; i++) {
      storage.put(BUCKET, "deployments/" + i, new byte[i]);
    }
    storage.put(BUCKET, "locks/x", new byte[1]);

    ListObjectsV2Response first =
        s3.listObjectsV2(r -> r.bucket(BUCKET).prefix("deployments/").maxKeys(3));
    ListObjectsV2Response second =
        s3.listObjectsV2(
            r ->
                r.bucket(BUCKET)
                    .prefix("deployments/")
                    .continuationToken(first.nextContinuationToken()));

    assertThat(listed(first)).containsExactly("deployments/0", "deployments/1", "deployments/2");
    assertThat(first.isTruncated()).isTrue();
    assertThat(listed(second)).containsExactly("deployments/3", "deployments/4");
    assertThat(second.isTruncated()).isFalse();
    assertThat(second.contents().get(1).size()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "crossfade-state.localhost:4566",
    "crossfade-state.s3.eu-central-1.amazonaws.com",
    "crossfade-state.s3-accelerate.amazonaws.com"
  })
  void bucketMayBeInTheHostName(String host) {
    WireRequest request =
        new WireRequest("GET", "/a/k", Map.of(), Map.of("Host", host), new byte[0]);

    assertThat(S3Address.of(request)).isEqualTo(new S3Address(BUCKET, "a/k"));
  }

  @Test
  void callsAreCountedAndIntercepted() {
    List<Call> calls = new ArrayList<>();
    gateway.intercept(
        new CallInterceptor() {
          @Override
          public void before(Call call) {
            calls.add(call);
          }
        });

    putNew("k", "x");

    assertThat(calls).extracting(Call::name).containsExactly("s3:PutObject");
    assertThat(calls).extracting(Call::accessKeyId).containsExactly("AKIDLOCK");
    assertThat(gateway.callCounts()).isEqualTo(Map.of("s3:PutObject", 1L));
  }

  @Test
  void interceptorCanDenyACall() {
    gateway.intercept(
        new CallInterceptor() {
          @Override
          public void before(Call call) {
            throw S3Exception.builder()
                .statusCode(403)
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode("AccessDenied")
                        .errorMessage("Access Denied")
                        .build())
                .build();
          }
        });

    assertThatThrownBy(() -> putNew("k", "x"))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
    assertThat(storage.keys(BUCKET)).isEmpty();
  }

  @Test
  void whatIsNotEmulatedSaysSo() {
    assertThatThrownBy(() -> s3.getBucketVersioning(r -> r.bucket(BUCKET)))
        .hasMessageContaining("not emulated")
        .hasMessageContaining("versioning");
    assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("k").range("bytes=0-1")))
        .hasMessageContaining("not emulated")
        .hasMessageContaining("(Range)");
  }

  @Test
  void signedChunksWithTrailersAreDecoded() throws Exception {
    String body =
        "5;chunk-signature=aa\r\n01234\r\n3;chunk-signature=bb\r\n567\r\n0;chunk-signature=cc\r\n"
            + "x-amz-checksum-crc32:LW9RmQ==\r\nx-amz-trailer-signature:dd\r\n\r\n";

    HttpResponse<String> wrong = putSigned(body);
    HttpResponse<String> right = putSigned(body.replace("LW9RmQ==", "LYA69Q=="));

    assertThat(wrong.body()).contains("<Code>BadDigest</Code>");
    assertThat(right.body()).isEmpty();
    assertThat(storage.get(BUCKET, "k")).contains("01234567".getBytes(UTF_8));
  }

  private HttpResponse<String> putSigned(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.endpoint().resolve("/" + BUCKET + "/k"))
            .header("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")
            .header("Content-Encoding", "aws-chunked")
            .header("x-amz-decoded-content-length", "8")
            .header("x-amz-trailer", "x-amz-checksum-crc32")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private ResponseBytes<GetObjectResponse> read(String key) {
    return s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key));
  }

  private String putNew(String key, String text) {
    return s3.putObject(
            r -> r.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString(text))
        .eTag();
  }

  private String replace(String key, String tag, String text) {
    return s3.putObject(r -> r.bucket(BUCKET).key(key).ifMatch(tag), RequestBody.fromString(text))
        .eTag();
  }

  private static List<String> listed(ListObjectsV2Response response) {
    return response.contents().stream().map(S3Object::key).toList();
  }

  private static void assertPreconditionFailed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(412);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("PreconditionFailed");
            });
  }
}
