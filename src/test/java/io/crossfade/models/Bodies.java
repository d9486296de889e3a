package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The formats of bodies. */
final class Bodies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

  private Bodies() {}

  /**
   * @throws IllegalArgumentException if that is not JSON
   */
  static JsonNode json(byte[] body) {
    return tree(JSON, body, "not JSON: ");
  }

  /**
   * @throws IllegalArgumentException if that is not CBOR
   */
  static JsonNode cbor(byte[] body) {
    return tree(CBOR, body, "not CBOR: ");
  }

  private static JsonNode tree(ObjectMapper format, byte[] body, String otherwise) {
    try {
      return body.length == 0 ? format.createObjectNode() : format.readTree(body);
    } catch (IOException e) {
      throw new IllegalArgumentException(otherwise + e.getMessage(), e);
    }
  }

  /**
   * @throws IllegalArgumentException if that is not gzip
   */
  static byte[] unzipped(byte[] gzip) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalArgumentException("not gzip: " + e.getMessage(), e);
    }
  }

  static Map<String, String> form(String encoded) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : encoded.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        form.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
      }
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
