package io.crossfade.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.check.TestEndpoint.Condition;
import io.crossfade.release.ReleaseCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestEndpointTest {
  private static TestEndpoint endpoint(Condition... conditions) {
    return TestEndpoint.of(true, "lb-1.elb.amazonaws.com", 8443, List.of(conditions));
  }

  private static Condition on(String field, String... values) {
    return new Condition(field, null, List.of(values));
  }

  private static ReleaseCheck.Http request(String method, String path, String host) {
    return new ReleaseCheck.Http(path, method, host, 200, null, null, 1);
  }

  @Test
  void aRuleOfItsOwnPortIsReachedByTheBalancersName() {
    assertThat(endpoint().url()).isEqualTo("https://lb-1.elb.amazonaws.com:8443");
    assertThat(endpoint().headers()).isEmpty();
  }

  @Test
  void aRequestMeetsEveryConditionWithItsFirstValue() {
    TestEndpoint endpoint =
        endpoint(
            on("host-header", "*.example.com", "other"),
            new Condition("http-header", "X-Test", List.of("s?cret*")),
            on("source-ip", "10.0.0.0/8"),
            on("path-pattern", "/api/*"));
    assertThat(endpoint.host()).isEqualTo("crossfade.example.com");
    assertThat(endpoint.server()).isEqualTo("lb-1.elb.amazonaws.com");
    assertThat(endpoint.headers())
        .containsExactly(java.util.Map.entry("X-Test", "sxcretcrossfade"));
  }

  /** What the rule does not take is answered by the old version, which would be no check. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /api/health       |
          GET  | /api/health?a=/b  |
          GET  | /v1               |
          GET  | /v12              | the test rule does not take the path /v12
          GET  | /                 | the test rule does not take the path /
          GET  | /x/api/           | the test rule does not take the path /x/api/
          POST | /api/health       | the test rule takes no POST
          """)
  void aRequestThatAnotherRuleWouldTakeIsNone(String method, String path, String problem) {
    TestEndpoint endpoint =
        endpoint(on("path-pattern", "/api/*", "/v?"), on("http-request-method", "GET", "HEAD"));
    assertThat(endpoint.problem(request(method, path, "a.example")).orElse(null))
        .isEqualTo(problem);
  }

  /** By the load balancer's own name no certificate of a site is good. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true  |               |                 | its listener speaks HTTPS, and the test rule names no host: the check needs one, for which the certificate is
          true  |               | www.example.com |
          true  | *.example.com |                 |
          true  | *.example.com | www.example.com |
          true  | *.Example.com | WWW.example.COM |
          true  | *.example.com | www.example.org | the test rule does not take the host www.example.org
          false |               |                 |
          false | a.example     | b.example       | the test rule does not take the host b.example
          """)
  void aHostIsOneThatTheRuleAndTheCertificateTake(
      boolean tls, String hosts, String named, String problem) {
    Condition[] conditions =
        hosts == null ? new Condition[0] : new Condition[] {on("host-header", hosts)};
    TestEndpoint endpoint = TestEndpoint.of(tls, "lb-1.example", 443, List.of(conditions));
    assertThat(endpoint.problem(request("GET", "/", named)).orElse(null)).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "a-secret-of-ours, 'it said a-secret-of-ours', it said …",
    "1, 'answered 201', answered 201"
  })
  void aSecretIsNotRepeated(String value, String words, String told) {
    TestEndpoint endpoint = endpoint(new Condition("http-header", "X-Test", List.of(value)));
    assertThat(endpoint.withoutSecrets(words)).isEqualTo(told);
  }

  @Test
  void aPatternIsNoRegularExpression() {
    assertThat(endpoint(on("path-pattern", "/a.b")).problem(request("GET", "/axb", "a")))
        .isPresent();
    assertThat(endpoint(on("path-pattern", "/a.b")).problem(request("GET", "/a.b", "a"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"query-string, a", "host-header, ", "something-new, a"})
  void aConditionThatNoRequestCanMeetIsTold(String field, String value) {
    Condition condition = new Condition(field, null, value == null ? List.of() : List.of(value));
    assertThatThrownBy(() -> endpoint(condition))
        .hasMessage("the test rule has a condition on %s that no check can meet", field);
  }
}
