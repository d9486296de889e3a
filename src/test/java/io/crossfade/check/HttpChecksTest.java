package io.crossfade.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.ReleaseCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpChecksTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpChecks checks = new HttpChecks(vertx, new ObjectMapper());
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Consumer<HttpServerRequest> site = request -> request.response().end("ok");
  private HttpServer server;

  @BeforeEach
  void open() {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  asked.add(
                      "%s %s of %s, %s"
                          .formatted(
                              request.method(),
                              request.uri(),
                              request.authority().host(),
                              request.getHeader("X-Test")));
                  site.accept(request);
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private TestEndpoint endpoint() {
    return new TestEndpoint(
        false,
        "127.0.0.1",
        server.actualPort(),
        List.of("www.example.com", "*.example.com"),
        Map.of("X-Test", "secret"),
        List.of(),
        List.of());
  }

  private CheckResult look(
      String method, int status, Map<String, String> json, String text, int times) {
    return checks.look(
        new ReleaseCheck.Http("/health?a=1", method, null, status, json, text, times), endpoint());
  }

  private void answers(int status, String body) {
    site = request -> request.response().setStatusCode(status).end(body);
  }

  @Test
  void everyRequestMeetsTheTestRule() {
    CheckResult result = look("GET", 200, Map.of(), "ok", 3);
    assertThat(result).isEqualTo(CheckResult.passed("GET /health?a=1 answered 200, 3 times"));
    assertThat(asked).hasSize(3).containsOnly("GET /health?a=1 of www.example.com, secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          200 | {"a": {"b": 2}, "c": true} | PASSED | GET /health?a=1 answered 200, 1 times
          500 | {"a": {"b": 2}, "c": true} | FAILED | GET /health?a=1: found the status 500, expected 200
          200 | {"a": {"b": 3}, "c": true} | FAILED | GET /health?a=1: found 3 at /a/b, expected "2"
          200 | {"a": {"b": [2]}, "c": 1}  | FAILED | GET /health?a=1: found [2] at /a/b, expected "2"
          200 | {"c": true}                | FAILED | GET /health?a=1: found nothing at /a/b, expected "2"
          200 | {"a": {"b": null}}         | FAILED | GET /health?a=1: found null at /a/b, expected "2"
          200 | <html>                     | FAILED | GET /health?a=1: found <html>, expected JSON
          """)
  void anAnswerIsHeldAgainstWhatIsExpected(
      int status, String body, CheckResult.Outcome outcome, String words) {
    answers(status, body);
    assertThat(look("GET", 200, Map.of("/a/b", "2"), null, 1))
        .isEqualTo(new CheckResult(outcome, words));
  }

  @Test
  void aTextThatIsMissingIsToldWithTheAnswer() {
    answers(200, "version 1");
    assertThat(look("POST", 200, Map.of(), "version 2", 1).words())
        .isEqualTo("POST /health?a=1: found version 1, expected an answer with \"version 2\"");
  }

  @Test
  void theFirstWrongAnswerIsTheLast() {
    site = request -> request.response().setStatusCode(asked.size() == 2 ? 503 : 200).end();
    assertThat(look("GET", 200, Map.of(), null, 5).outcome()).isEqualTo(CheckResult.Outcome.FAILED);
    assertThat(asked).hasSize(2);
  }

  @Test
  void aRedirectIsAnAnswer() {
    site =
        request -> request.response().setStatusCode(302).putHeader("Location", "/elsewhere").end();
    assertThat(look("GET", 302, Map.of(), null, 1).outcome()).isEqualTo(CheckResult.Outcome.PASSED);
    assertThat(asked).hasSize(1);
  }

  @Test
  void anAnswerWithoutAnEndIsCutOff() {
    answers(200, "x".repeat(HttpChecks.MAX_BYTES + 1));
    assertThat(look("GET", 200, Map.of(), null, 1).words())
        .isEqualTo("GET /health?a=1: found an answer of more than 65536 bytes");
  }

  @Test
  void noAnswerIsNoResult() {
    site = request -> request.connection().close();
    assertThat(look("HEAD", 200, Map.of(), null, 1).outcome())
        .isEqualTo(CheckResult.Outcome.NOT_YET);
  }

  /** It sends something all the time, so that no silence ends it. */
  @Test
  void anAnswerThatNeverEndsIsNoResult() {
    HttpChecks impatient = new HttpChecks(vertx, new ObjectMapper(), Duration.ofMillis(300));
    site =
        request -> {
          request.response().setChunked(true);
          vertx.setPeriodic(50, again -> request.response().write("."));
        };
    ReleaseCheck.Http check = new ReleaseCheck.Http("/", "GET", null, 200, null, null, 1);
    assertThat(impatient.look(check, endpoint()))
        .isEqualTo(CheckResult.notYet("GET / was not answered within 300 ms"));
  }

  @Test
  void aPathThatAnotherRuleTakesIsNotAskedFor() {
    TestEndpoint narrow =
        new TestEndpoint(
            false, "127.0.0.1", 1, List.of("h"), Map.of(), List.of(List.of("/api/*")), List.of());
    CheckResult result =
        checks.look(new ReleaseCheck.Http("/health", "GET", null, 200, null, null, 1), narrow);
    assertThat(result)
        .isEqualTo(CheckResult.failed("the test rule does not take the path /health"));
  }
}
