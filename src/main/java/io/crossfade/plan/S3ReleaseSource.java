package io.crossfade.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.PermanentFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code imageDetail.json} from S3. */
@Adapter
public class S3ReleaseSource implements ReleaseSource {
  private static final String NAME = "imageDetail.json";

  /**
   * An input of Step Functions has at most 262,144 bytes; nothing larger could have come directly.
   */
  private static final int MAX_BYTES = 262_144;

  private final S3Client s3;
  private final ObjectMapper json;

  public S3ReleaseSource(S3Client s3, ObjectMapper json) {
    this.s3 = s3;
    this.json = json;
  }

  @Override
  public Map<String, Object> read(String bucket, String key) {
    String where = "s3://%s/%s".formatted(bucket, key);
    byte[] bytes = stored(bucket, key, where);
    try {
      byte[] plain = zipped(bytes) ? unzip(bytes, where) : bytes;
      if (plain.length > MAX_BYTES) {
        throw new PermanentFailure(
            "%s is larger than the %d bytes of an input".formatted(where, MAX_BYTES));
      }
      Map<String, Object> release = json.readerForMapOf(Object.class).readValue(plain);
      if (release == null) {
        throw new PermanentFailure(where + " is not a JSON object: null");
      }
      return release;
    } catch (IOException unreadable) {
      throw new PermanentFailure(
          where + " is not a JSON object: " + unreadable.getMessage(), unreadable);
    }
  }

  private byte[] stored(String bucket, String key, String where) {
    try {
      return AwsCalls.call(() -> s3.getObjectAsBytes(r -> r.bucket(bucket).key(key))).asByteArray();
    } catch (PermanentFailure refused) {
      throw new PermanentFailure(
          "%s cannot be read: %s".formatted(where, refused.getMessage()), refused);
    }
  }

  private static boolean zipped(byte[] bytes) {
    return bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K';
  }

  private static byte[] unzip(byte[] bytes, String where) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(NAME)) {
          return zip.readNBytes(MAX_BYTES + 1);
        }
      }
    }
    throw new PermanentFailure("%s holds no %s".formatted(where, NAME));
  }
}
