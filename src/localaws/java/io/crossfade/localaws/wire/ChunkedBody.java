package io.crossfade.localaws.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A body as the SDKs send it to S3: plain, or in {@code aws-chunked} encoding (signed or not) with
 * checksums in trailing headers. Chunk signatures are not verified.
 */
record ChunkedBody(byte[] content, Map<String, String> trailers) {

  static ChunkedBody of(WireRequest request) {
    boolean chunked =
        request.header("x-amz-content-sha256").startsWith("STREAMING-")
            || request.header("Content-Encoding").contains("aws-chunked");
    if (!chunked) {
      return new ChunkedBody(request.body(), Map.of());
    }
    ChunkedBody decoded = new Decoder(request.body()).decode();
    String expected = request.header("x-amz-decoded-content-length");
    if (!expected.isEmpty() && !expected.equals(Integer.toString(decoded.content.length))) {
      throw ProtocolError.malformed(
          "the chunks hold " + decoded.content.length + " bytes, announced were " + expected);
    }
    return decoded;
  }

  private static final class Decoder {
    private final byte[] body;
    private int at;

    Decoder(byte[] body) {
      this.body = body;
    }

    ChunkedBody decode() {
      ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        if (size > body.length - at) {
          throw ProtocolError.malformed("the last chunk is cut off");
        }
        content.write(body, at, size);
        at += size;
        line();
      }
      return new ChunkedBody(content.toByteArray(), trailers());
    }

    private int chunkSize() {
      String header = line();
      try {
        return Integer.parseInt(header.split(";", 2)[0].trim(), 16);
      } catch (NumberFormatException e) {
        throw ProtocolError.malformed("not a chunk size: " + header);
      }
    }

    private Map<String, String> trailers() {
      Map<String, String> trailers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(); !line.isEmpty(); line = line()) {
        String[] parts = line.split(":", 2);
        if (parts.length == 2 && !parts[0].equals("x-amz-trailer-signature")) {
          trailers.put(parts[0].trim(), parts[1].trim());
        }
      }
      return trailers;
    }

    /** Up to the next CR LF, or to the end. */
    private String line() {
      int end = at;
      while (end < body.length && body[end] != '\r' && body[end] != '\n') {
        end++;
      }
      String line = new String(body, at, end - at, StandardCharsets.ISO_8859_1);
      at = Math.min(body.length, end + 2);
      return line;
    }
  }
}
