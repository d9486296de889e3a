package io.crossfade.localaws.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;

/** An object and what S3 keeps about it. */
record StoredObject(
    byte[] bytes,
    String contentType,
    String serverSideEncryption,
    Map<String, String> metadata,
    Instant lastModified) {

  /** The MD5 of the content, in quotes, as for every object that was not uploaded in parts. */
  String etag() {
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(bytes);
      return '"' + HexFormat.of().formatHex(md5) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String crc32() {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }

  /**
   * @param condition an entity tag with or without its quotes, or {@code *} for any
   */
  boolean matches(String condition) {
    return condition.equals("*") || condition.replace("\"", "").equals(etag().replace("\"", ""));
  }
}
