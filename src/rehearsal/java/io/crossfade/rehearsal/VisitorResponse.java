package io.crossfade.rehearsal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.TimeoutException;

/**
 * How a request ended for a visitor.
 *
 * @param status the HTTP status, or {@code timeout} or {@code connection} where there was none
 * @param version who answered: the site's version, or one of the names in {@link RequestTally}
 */
record VisitorResponse(String status, String version, boolean good, Buffer body) {
  static VisitorResponse by(HttpClientResponse response, Buffer body) {
    String version = response.getHeader("X-Version");
    return new VisitorResponse(
        String.valueOf(response.statusCode()),
        version == null ? RequestTally.LOAD_BALANCER : version,
        response.statusCode() / 100 == 2,
        body);
  }

  static VisitorResponse none(Throwable failure) {
    String how = failure instanceof TimeoutException ? "timeout" : "connection";
    return new VisitorResponse(how, RequestTally.NO_ANSWER, false, Buffer.buffer());
  }
}
