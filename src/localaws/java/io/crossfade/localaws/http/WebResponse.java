package io.crossfade.localaws.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The response of a server. */
public record WebResponse(int status, Map<String, List<String>> headers, byte[] body) {
  public static WebResponse of(int status, String contentType, String body) {
    return new WebResponse(
        status,
        Map.of("Content-Type", List.of(contentType)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  public static WebResponse json(int status, String body) {
    return of(status, "application/json; charset=utf-8", body);
  }

  public static WebResponse text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
  }

  public WebResponse with(String header, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    more.put(header, List.of(value));
    return new WebResponse(status, more, body);
  }
}
