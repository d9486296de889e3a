package io.crossfade.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example is Slack's own (Verifying requests from Slack, A recipe for security). */
class SlackSignatureTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String TIMESTAMP = "1531420618";
  private static final byte[] BODY =
      ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
              + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
              + "&command=%2Fwebhook-collect&text="
              + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
              + "%2F96rGlfmibIGlgcZRskXaIFfN"
              + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
          .getBytes(StandardCharsets.UTF_8);
  private static final String EXPECTED =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

  @Test
  void slacksDocumentedExampleVerifies() {
    assertThat(SlackSignature.of(SECRET, TIMESTAMP, BODY)).isEqualTo(EXPECTED);
    assertThat(signature(EXPECTED).matches(SECRET, BODY)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b504
          v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503
          v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503
          a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503
          v0=
          v0=a2114d57b48eac39
          v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b5030
          """)
  void anyOtherSignatureDoesNot(String given) {
    assertThat(signature(given).matches(SECRET, BODY)).isFalse();
  }

  @Test
  void neitherDoesAnotherSecretOrAnotherBody() {
    assertThat(signature(EXPECTED).matches(SECRET + "x", BODY)).isFalse();
    byte[] other = BODY.clone();
    other[other.length - 1]++;
    assertThat(signature(EXPECTED).matches(SECRET, other)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          -301, false
          -300, true
          0,    true
          300,  true
          301,  false
          """)
  void isFreshForFiveMinutesBothWays(int secondsLater, boolean fresh) {
    Instant now = Instant.ofEpochSecond(1531420618 + secondsLater);
    assertThat(signature(EXPECTED).fresh(now)).isEqualTo(fresh);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          X-Slack-Signature, X-Slack-Request-Timestamp, 1531420618,     true
          x-slack-signature, x-slack-request-timestamp, 1531420618,     true
          X-SLACK-SIGNATURE, x-Slack-request-Timestamp, 1531420618,     true
          X-Signature,       X-Slack-Request-Timestamp, 1531420618,     false
          X-Slack-Signature, X-Timestamp,               1531420618,     false
          X-Slack-Signature, X-Slack-Request-Timestamp, -,              false
          X-Slack-Signature, X-Slack-Request-Timestamp, 1531420618.5,   false
          X-Slack-Signature, X-Slack-Request-Timestamp, -1531420618,    false
          X-Slack-Signature, X-Slack-Request-Timestamp, '1531420618,1', false
          X-Slack-Signature, X-Slack-Request-Timestamp, 99999999999999, false
          """)
  void headersAreFoundInAnyCase(String name, String timeName, String time, boolean found) {
    Map<String, String> headers = new HashMap<>();
    headers.put(name, EXPECTED);
    headers.put(timeName, time);
    assertThat(SlackSignature.in(headers).isPresent()).isEqualTo(found);
  }

  @Test
  void aHeaderThatIsThereTwiceIsNotAHeader() {
    Map<String, String> headers =
        Map.of(
            "X-Slack-Signature", EXPECTED,
            "x-slack-signature", EXPECTED,
            "x-slack-request-timestamp", TIMESTAMP);
    assertThat(SlackSignature.in(headers)).isEmpty();
  }

  private static SlackSignature signature(String given) {
    return SlackSignature.in(
            Map.of("x-slack-signature", given, "x-slack-request-timestamp", TIMESTAMP))
        .orElseThrow();
  }
}
