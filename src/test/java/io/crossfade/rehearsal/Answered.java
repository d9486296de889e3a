package io.crossfade.rehearsal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.TimeoutException;

/**
 * How a request ended for a visitor.
 *
 * @param status the HTTP status, or {@code timeout} or {@code connection} where there was none
 * @param version who answered: the site's version, or one of the names in {@link Tally}
 */
record Answered(String status, String version, boolean good, Buffer body) {
  static Answered by(HttpClientResponse response, Buffer body) {
    String version = response.getHeader("X-Version");
    return new Answered(
        String.valueOf(response.statusCode()),
        version == null ? Tally.LOAD_BALANCER : version,
        response.statusCode() / 100 == 2,
        body);
  }

  static Answered none(Throwable failure) {
    String how = failure instanceof TimeoutException ? "timeout" : "connection";
    return new Answered(how, Tally.NO_ANSWER, false, Buffer.buffer());
  }
}
