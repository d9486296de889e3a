package io.crossfade.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.ShortText;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a check's requests to the load balancer itself and names the host that the test rule asks
 * for, which also is the one that the certificate must have. Redirects are answers and not
 * followed.
 */
@ApplicationScoped
public class HttpChecks {
  static final int MAX_BYTES = 65_536;

  private static final Duration REQUEST = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final int SHOWN_CHARS = 100;

  private final Vertx vertx;
  private final ObjectMapper json;
  private final Duration patience;

  @Inject
  public HttpChecks(Vertx vertx, ObjectMapper json) {
    this(vertx, json, REQUEST);
  }

  /**
   * @param patience how long an answer may take, to its end
   */
  HttpChecks(Vertx vertx, ObjectMapper json, Duration patience) {
    this.vertx = vertx;
    this.json = json;
    this.patience = patience;
  }

  private record Answer(int status, String body) {}

  /** All of the requests, one after another; the first wrong answer is the last. */
  CheckResult look(ReleaseCheck.Http check, TestEndpoint endpoint) {
    Optional<String> elsewhere = endpoint.problem(check);
    if (elsewhere.isPresent()) {
      return CheckResult.failed(elsewhere.get());
    }
    String what = "%s %s".formatted(check.method(), check.path());
    HttpClient client = vertx.createHttpClient();
    try {
      long end = System.nanoTime() + LOOK.toNanos();
      for (int done = 0; done < check.times(); done++) {
        if (System.nanoTime() > end) {
          return CheckResult.notYet(
              "only %d of %d times %s were answered within %d s"
                  .formatted(done, check.times(), what, LOOK.toSeconds()));
        }
        Optional<String> wrong = wrong(check, send(client, check, endpoint));
        if (wrong.isPresent()) {
          return CheckResult.failed("%s: %s".formatted(what, wrong.get()));
        }
      }
      return CheckResult.passed(
          "%s answered %d, %d times".formatted(what, check.status(), check.times()));
    } catch (ExecutionException unanswered) {
      return CheckResult.notYet("%s got no answer: %s".formatted(what, unanswered.getCause()));
    } catch (TimeoutException endless) {
      return CheckResult.notYet(
          "%s was not answered within %d ms".formatted(what, patience.toMillis()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return CheckResult.notYet("%s was interrupted".formatted(what));
    } finally {
      client.close();
    }
  }

  private Answer send(HttpClient client, ReleaseCheck.Http check, TestEndpoint endpoint)
      throws ExecutionException, InterruptedException, TimeoutException {
    RequestOptions options =
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.server()))
            .setHost(check.host() == null ? endpoint.host() : check.host())
            .setPort(endpoint.port())
            .setSsl(endpoint.tls())
            .setMethod(HttpMethod.valueOf(check.method()))
            .setURI(check.path())
            .setTimeout(patience.toMillis());
    endpoint.headers().forEach(options::putHeader);
    return client
        .request(options)
        .compose(request -> request.send().compose(HttpChecks::read))
        .toCompletionStage()
        .toCompletableFuture()
        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** No more than is looked at. */
  private static Future<Answer> read(HttpClientResponse response) {
    Promise<Answer> answer = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .handler(
            part -> {
              body.appendBuffer(part);
              if (body.length() > MAX_BYTES) {
                answer.tryComplete(new Answer(response.statusCode(), null));
                response.request().reset();
              }
            })
        .exceptionHandler(answer::tryFail)
        .endHandler(end -> answer.tryComplete(new Answer(response.statusCode(), body.toString())));
    return answer.future();
  }

  private Optional<String> wrong(ReleaseCheck.Http check, Answer answer) {
    if (answer.status() != check.status()) {
      return Optional.of(
          "found the status %d, expected %d".formatted(answer.status(), check.status()));
    }
    if (answer.body() == null) {
      return Optional.of("found an answer of more than %d bytes".formatted(MAX_BYTES));
    }
    if (check.text() != null && !answer.body().contains(check.text())) {
      return Optional.of(
          "found %s, expected an answer with \"%s\"".formatted(shown(answer.body()), check.text()));
    }
    return wrongJson(check.json(), answer.body());
  }

  private Optional<String> wrongJson(Map<String, String> expected, String body) {
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    JsonNode found;
    try {
      found = json.readTree(body);
    } catch (JsonProcessingException notJson) {
      return Optional.of("found %s, expected JSON".formatted(shown(body)));
    }
    return expected.entrySet().stream()
        .filter(value -> !same(found.at(JsonPointer.compile(value.getKey())), value.getValue()))
        .map(
            value ->
                "found %s at %s, expected \"%s\""
                    .formatted(
                        shown(found.at(value.getKey()).toString()),
                        value.getKey(),
                        value.getValue()))
        .findFirst();
  }

  private static boolean same(JsonNode found, String expected) {
    return found.isValueNode() && !found.isNull() && found.asText().equals(expected);
  }

  private static String shown(String text) {
    return text.isEmpty() ? "nothing" : ShortText.oneLine(text, SHOWN_CHARS);
  }
}
