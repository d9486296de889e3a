package io.crossfade.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** An HTTP response before its version is written on it. */
record SiteResponse(int status, String contentType, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static SiteResponse html(String body) {
    return new SiteResponse(200, "text/html; charset=utf-8", body);
  }

  static SiteResponse json(int status, Object value) {
    try {
      return new SiteResponse(status, "application/json", JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value, e);
    }
  }

  static SiteResponse error(int status, String message) {
    return json(status, Map.of("error", message));
  }
}
