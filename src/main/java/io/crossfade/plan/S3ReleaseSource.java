package io.crossfade.plan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.PermanentFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code imageDetail.json} from S3. */
@Adapter
public class S3ReleaseSource implements ReleaseSource {
  private static final String NAME = "imageDetail.json";

  /**
   * An input of Step Functions has at most 262,144 bytes; nothing larger could have come directly.
   */
  private static final int MAX_BYTES = 262_144;

  /** Of an artifact. It is held in the function's memory, which may be 256 MB. */
  private static final int MAX_STORED_BYTES = 16_777_216;

  private final S3Client s3;
  private final ObjectReader json;

  public S3ReleaseSource(S3Client s3, ObjectMapper json) {
    this.s3 = s3;
    this.json = json.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  }

  @Override
  public Map<String, Object> read(String bucket, String key) {
    String where = FoundValue.shortened("s3://%s/%s".formatted(bucket, key));
    byte[] stored = stored(bucket, key, where);
    byte[] file =
        ArtifactZip.recognises(stored)
            ? new ArtifactZip(where, stored).file(NAME, MAX_BYTES)
            : stored;
    if (file.length > MAX_BYTES) {
      throw refused(where, file.length + " bytes", "at most %d".formatted(MAX_BYTES));
    }
    return parsed(where, decoded(where, file));
  }

  private byte[] stored(String bucket, String key, String where) {
    byte[] stored;
    try {
      stored =
          AwsCalls.call(
              () ->
                  s3.getObject(
                      r -> r.bucket(bucket).key(key), (response, content) -> beginning(content)));
    } catch (PermanentFailure refused) {
      throw new PermanentFailure(
          "%s cannot be read: %s".formatted(where, refused.getMessage()), refused);
    }
    if (stored.length > MAX_STORED_BYTES) {
      throw refused(where, "more than %d bytes".formatted(MAX_STORED_BYTES), "at most as many");
    }
    return stored;
  }

  /** The whole content, or one byte more than may be. The rest is not waited for. */
  private static byte[] beginning(AbortableInputStream content) throws IOException {
    byte[] read = content.readNBytes(MAX_STORED_BYTES + 1);
    if (read.length > MAX_STORED_BYTES) {
      content.abort();
    }
    return read;
  }

  private static String decoded(String where, byte[] file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      if (text.startsWith("\uFEFF")) {
        throw refused(where, "a byte order mark", "UTF-8 without one");
      }
      if (text.indexOf('\0') >= 0) {
        throw refused(where, "zero bytes, as UTF-16 has them", "UTF-8");
      }
      return text;
    } catch (CharacterCodingException otherwise) {
      throw refused(where, "bytes that are not UTF-8", "UTF-8");
    }
  }

  private Map<String, Object> parsed(String where, String text) {
    String expected = "a JSON object";
    if (text.isBlank()) {
      throw refused(where, "an empty file", expected);
    }
    try (JsonParser parser = json.createParser(text)) {
      Object value = json.readValue(parser, Object.class);
      if (!(value instanceof Map<?, ?> object)) {
        throw refused(where, FoundValue.describe(value), expected);
      }
      if (parser.nextToken() != null) {
        String more = "more after its end" + place(parser.currentTokenLocation());
        throw refused(where, more, "one JSON object");
      }
      Map<String, Object> release = new LinkedHashMap<>();
      object.forEach((name, field) -> release.put(String.valueOf(name), field));
      return release;
    } catch (JsonProcessingException wrong) {
      throw refused(
          where,
          "broken JSON%s (%s)"
              .formatted(
                  place(wrong.getLocation()), FoundValue.shortened(wrong.getOriginalMessage())),
          expected);
    } catch (IOException impossible) {
      throw new PermanentFailure(where + " cannot be read", impossible);
    }
  }

  private static String place(JsonLocation at) {
    return at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static PermanentFailure refused(String where, String found, String expected) {
    return new PermanentFailure(new ValidationError(where, found, expected).sentence());
  }
}
