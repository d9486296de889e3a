package io.crossfade.localaws.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.FunctionInvoker;
import io.crossfade.localaws.template.HttpApiResource;
import io.crossfade.localaws.template.HttpRoute;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpApiTest {
  private static final HttpRoute ROUTE = new HttpRoute("a123456789", "f", "POST", "/slack");
  private static final HttpRoute ANY = new HttpRoute("a123456789", "any", "ANY", "/any");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private volatile FunctionInvoker function = (name, event) -> event;
  private final HttpApi api = api(Duration.ofSeconds(30));

  private HttpApi api(Duration timeout) {
    return new HttpApi(
        new HttpApiResource("Api", "a123456789", List.of(ROUTE, ANY), false),
        (name, event) -> function.invoke(name, event),
        timeout);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private HttpRequest.Builder post(String path, String body) {
    return HttpRequest.newBuilder(URI.create(api.url() + path)).POST(BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode event(HttpRequest.Builder request) throws Exception {
    return HttpEvent.JSON.readTree(send(request).body());
  }

  @Test
  void functionGetsTheRequestInPayloadFormatTwo() throws Exception {
    JsonNode event =
        event(
            post("/slack?b=1&a=x%20y&b=2", "{\"a\":1}")
                .header("Content-Type", "application/json")
                .header("X-Slack-Signature", "v0=ab")
                .header("X-Twice", "one")
                .header("X-Twice", "two")
                .header("Cookie", "k1=v1; k2=v2")
                .header("User-Agent", "test/1"));
    assertThat(event.at("/version").textValue()).isEqualTo("2.0");
    assertThat(event.at("/routeKey").textValue()).isEqualTo("POST /slack");
    assertThat(event.at("/rawPath").textValue()).isEqualTo("/slack");
    assertThat(event.at("/rawQueryString").textValue()).isEqualTo("b=1&a=x%20y&b=2");
    assertThat(event.at("/queryStringParameters/b").textValue()).isEqualTo("1,2");
    assertThat(event.at("/queryStringParameters/a").textValue()).isEqualTo("x y");
    assertThat(event.at("/cookies"))
        .extracting(JsonNode::textValue)
        .containsExactly("k1=v1", "k2=v2");
    assertThat(event.at("/headers/x-slack-signature").textValue()).isEqualTo("v0=ab");
    assertThat(event.at("/headers/x-twice").textValue()).isEqualTo("one,two");
    assertThat(event.at("/headers").has("cookie")).isFalse();
    assertThat(event.at("/headers/x-forwarded-proto").textValue()).isEqualTo("https");
    assertThat(event.at("/headers/host").textValue())
        .isEqualTo("a123456789.execute-api.eu-central-1.amazonaws.com");
    assertThat(event.at("/body").textValue()).isEqualTo("{\"a\":1}");
    assertThat(event.at("/isBase64Encoded").booleanValue()).isFalse();
    JsonNode context = event.at("/requestContext");
    assertThat(context.at("/http/method").textValue()).isEqualTo("POST");
    assertThat(context.at("/http/protocol").textValue()).isEqualTo("HTTP/1.1");
    assertThat(context.at("/http/sourceIp").textValue()).isEqualTo("127.0.0.1");
    assertThat(context.at("/http/userAgent").textValue()).isEqualTo("test/1");
    assertThat(context.at("/stage").textValue()).isEqualTo("$default");
    assertThat(context.at("/time").textValue())
        .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
    assertThat(context.at("/domainPrefix").textValue()).isEqualTo("a123456789");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          application/x-www-form-urlencoded, true
          application/octet-stream,          true
          multipart/form-data,               true
          -,                                 true
          application/json,                  false
          application/json; charset=utf-8,   false
          APPLICATION/XML,                   false
          text/plain,                        false
          """)
  void bodyThatIsNotTextComesInBase64(String type, boolean encoded) throws Exception {
    HttpRequest.Builder request = post("/slack", "payload=%7B%7D");
    JsonNode event = event(type == null ? request : request.header("Content-Type", type));
    assertThat(event.get("isBase64Encoded").booleanValue()).isEqualTo(encoded);
    assertThat(event.get("body").textValue())
        .isEqualTo(encoded ? "cGF5bG9hZD0lN0IlN0Q=" : "payload=%7B%7D");
  }

  @Test
  void requestWithoutABodyHasNone() throws Exception {
    JsonNode event = event(HttpRequest.newBuilder(URI.create(api.url() + "/any")).GET());
    assertThat(event.has("body")).isFalse();
    assertThat(event.get("routeKey").textValue()).isEqualTo("ANY /any");
    assertThat(event.has("cookies")).isFalse();
    assertThat(event.has("queryStringParameters")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"statusCode":201,"body":"made"}                                       | 201 | text/plain;charset=UTF-8 | made
          {"statusCode":200,"headers":{"content-type":"text/html"},"body":"<p>"} | 200 | text/html                | <p>
          {"statusCode":200,"isBase64Encoded":true,"body":"aGk="}                | 200 | text/plain;charset=UTF-8 | hi
          {"statusCode":200}                                                     | 200 | text/plain;charset=UTF-8 | ``
          {"ok":true}                                                            | 200 | application/json         | {"ok":true}
          "done"                                                                 | 200 | application/json         | done
          {"statusCode":"many"}                                                  | 500 | application/json         | {"message":"Internal Server Error"}
          {"statusCode":99}                                                      | 500 | application/json         | {"message":"Internal Server Error"}
          {"statusCode":200,"body":{"a":1}}                                      | 500 | application/json         | {"message":"Internal Server Error"}
          {"statusCode":200,"headers":["a"]}                                     | 500 | application/json         | {"message":"Internal Server Error"}
          {"statusCode":200,"isBase64Encoded":true,"body":"?"}                   | 500 | application/json         | {"message":"Internal Server Error"}
          """)
  void answerIsTheFunctions(String answer, int status, String type, String body) throws Exception {
    JsonNode parsed = HttpEvent.JSON.readTree(answer);
    function = (name, event) -> parsed;
    HttpResponse<String> response = send(post("/slack", "x"));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body == null ? "" : body);
    assertThat(response.headers().firstValue("content-type")).contains(type);
    assertThat(response.headers().firstValue("apigw-requestid")).isPresent();
  }

  @Test
  void eachCookieIsAHeaderOfItsOwn() throws Exception {
    JsonNode answer =
        HttpEvent.JSON.readTree("{\"statusCode\":204,\"cookies\":[\"a=1\",\"b=2; Secure\"]}");
    function = (name, event) -> answer;
    assertThat(send(post("/slack", "x")).headers().allValues("set-cookie"))
        .containsExactly("a=1", "b=2; Secure");
  }

  @ParameterizedTest
  @CsvSource({"POST,/other", "POST,/slack/", "GET,/slack", "POST,/"})
  void requestWithoutARouteIsNotFound(String method, String path) throws Exception {
    HttpResponse<String> response = send(post(path, "").method(method, BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("{\"message\":\"Not Found\"}");
  }

  @Test
  void functionThatFailsIsAnInternalError() throws Exception {
    function =
        (name, event) -> {
          throw new FunctionError("Oops", "why", null);
        };
    HttpResponse<String> response = send(post("/slack", "x"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  @Test
  void functionThatTakesTooLongIsUnavailable() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    function =
        (name, event) -> {
          try {
            never.await();
          } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
          }
          return TextNode.valueOf("late");
        };
    try (HttpApi impatient = api(Duration.ofMillis(50))) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(impatient.url(ROUTE)).POST(BodyPublishers.ofString("x"));
      HttpResponse<String> response = send(request);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
    }
  }

  @Test
  void bodyOfMoreThanTenMegabytesIsTooLarge() throws Exception {
    byte[] body = new byte[10 * 1024 * 1024 + 1];
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.url(ROUTE)).POST(BodyPublishers.ofByteArray(body));
    assertThat(send(request).statusCode()).isEqualTo(413);
  }
}
