package io.crossfade.localaws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.iam.IamUser;
import io.crossfade.localaws.iam.IamUsers;
import io.crossfade.localaws.template.HttpApiResource;
import io.crossfade.localaws.template.HttpRoute;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An HTTP API that takes only what IAM allows, called as a person calls it: with curl. */
class IamHttpApiTest {
  private static final Path CURL = Path.of("/usr/bin/curl");
  private static final Instant WORLD = Instant.parse("2026-02-01T00:00:00Z");
  private static final String RESOURCE =
      "arn:aws:execute-api:eu-central-1:123456789012:a123456789/$default/POST/commands";

  private final IamUsers users = new IamUsers();
  private final HttpRoute route = new HttpRoute("a123456789", "f", "POST", "/commands");
  private final HttpApi api =
      new HttpApi(
          new HttpApiResource("Api", "a123456789", List.of(route), true),
          (name, event) -> event,
          users,
          () -> WORLD);

  @AfterEach
  void close() {
    api.close();
  }

  private void add(String name, String action, String resource) {
    users.add(IamUser.of(name, action, resource));
  }

  /** What curl prints: the body, and the status in a line of its own. */
  private String curl(String... options) throws Exception {
    assumeTrue(Files.isExecutable(CURL), "there is no curl");
    List<String> command =
        new java.util.ArrayList<>(List.of(CURL.toString(), "-s", "-w", "\n%{http_code}"));
    command.addAll(List.of(options));
    command.add(URI.create(api.url() + "/commands").toString());
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(curl.waitFor()).as(printed).isZero();
    return printed;
  }

  private String signed(String service, String key, String secret) throws Exception {
    return curl(
        "--aws-sigv4",
        "aws:amz:eu-central-1:" + service,
        "--user",
        key + ":" + secret,
        "--header",
        "Content-Type: application/json",
        "--data",
        "{\"command\": \"pause\"}");
  }

  @Test
  void whoSignedIsHandedOverBesideTheRequest() throws Exception {
    add("ann", "execute-api:Invoke", RESOURCE);
    String printed = signed("execute-api", "AKIAAAAAAAAAAAAAAANN", "secret-of-ann");
    assertThat(printed).endsWith("\n200");
    JsonNode event = HttpEvent.JSON.readTree(printed.substring(0, printed.length() - 4));
    JsonNode iam = event.at("/requestContext/authorizer/iam");
    assertThat(iam.get("userArn").textValue()).isEqualTo("arn:aws:iam::123456789012:user/ann");
    assertThat(iam.get("accountId").textValue()).isEqualTo("123456789012");
    assertThat(event.at("/body").textValue()).isEqualTo("{\"command\": \"pause\"}");
    assertThat(event.at("/requestContext/timeEpoch").longValue()).isEqualTo(WORLD.toEpochMilli());
  }

  @Test
  void whatNobodySignedIsForbidden() throws Exception {
    assertThat(curl("--data", "{}")).isEqualTo("{\"message\":\"Forbidden\"}\n403");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # the service signed for, the access key, the secret
          execute-api, AKIAAAAAAAAAAAAAAANN, wrong
          execute-api, AKIAAAAAAAAAAAAAABEN, secret-of-ann
          lambda,      AKIAAAAAAAAAAAAAAANN, secret-of-ann
          """)
  void aSignatureThatIsNotGoodIsForbidden(String service, String key, String secret)
      throws Exception {
    add("ann", "execute-api:Invoke", RESOURCE);
    assertThat(signed(service, key, secret)).endsWith("\n403");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          execute-api:Invoke,    arn:aws:execute-api:eu-central-1:123456789012:b/*/POST/commands
          lambda:InvokeFunction, *
          """)
  void whoMayNotIsForbidden(String action, String resource) throws Exception {
    add("ann", action, resource);
    assertThat(signed("execute-api", "AKIAAAAAAAAAAAAAAANN", "secret-of-ann")).endsWith("\n403");
  }

  /** A signature is of one body. */
  @Test
  void aRequestThatWasChangedOnItsWayIsForbidden() {
    WebRequest request =
        new WebRequest(
            "POST",
            "/commands",
            "",
            Map.of(
                "host", List.of("api"),
                "x-amz-date", List.of("20260201T000000Z"),
                "authorization",
                    List.of(
                        "AWS4-HMAC-SHA256 Credential=AKIA/20260201/eu-central-1/execute-api/aws4_request,"
                            + " SignedHeaders=host;x-amz-date, Signature="
                            + "0".repeat(64))),
            new byte[0],
            "HTTP/1.1",
            "127.0.0.1");
    RequestSignature signature = RequestSignature.of(request).orElseThrow();
    assertThat(signature.matches(request, "secret", WORLD)).isFalse();
  }
}
