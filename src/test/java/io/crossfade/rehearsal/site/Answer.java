package io.crossfade.rehearsal.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** An HTTP response before its version is written on it. */
record Answer(int status, String contentType, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer html(String body) {
    return new Answer(200, "text/html; charset=utf-8", body);
  }

  static Answer json(int status, Object value) {
    try {
      return new Answer(status, "application/json", JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value, e);
    }
  }

  static Answer error(int status, String message) {
    return json(status, Map.of("error", message));
  }
}
