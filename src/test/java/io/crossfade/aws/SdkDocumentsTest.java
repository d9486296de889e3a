package io.crossfade.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.PermanentFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

class SdkDocumentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Action LOGIN =
      Action.builder()
          .type("authenticate-oidc")
          .order(1)
          .authenticateOidcConfig(
              c ->
                  c.issuer("https://login.example")
                      .clientId("id")
                      .sessionTimeout(604_800L)
                      .authenticationRequestExtraParams(Map.of("prompt", "login")))
          .build();

  private static final Map<String, Object> LOGIN_DOCUMENT =
      Map.of(
          "Type",
          "authenticate-oidc",
          "Order",
          1,
          "AuthenticateOidcConfig",
          Map.of(
              "Issuer",
              "https://login.example",
              "ClientId",
              "id",
              "SessionTimeout",
              604_800,
              "AuthenticationRequestExtraParams",
              Map.of("prompt", "login")));

  private static final Action FORWARD =
      Action.builder()
          .type("forward")
          .forwardConfig(
              f ->
                  f.targetGroups(TargetGroupTuple.builder().targetGroupArn("a").weight(1).build())
                      .targetGroupStickinessConfig(s -> s.enabled(true).durationSeconds(60)))
          .build();

  @Test
  void anObjectComesBackAsItWent() {
    assertThat(SdkDocuments.of(LOGIN, JSON.valueToTree(LOGIN_DOCUMENT))).isEqualTo(LOGIN_DOCUMENT);
    assertThat(SdkDocuments.fill(Action.builder(), LOGIN_DOCUMENT, "action").build())
        .isEqualTo(LOGIN);
  }

  @Test
  void listsOfObjectsComeBackToo() {
    Map<String, Object> document = SdkDocuments.of(FORWARD, forward("", ""));
    assertThat(SdkDocuments.fill(Action.builder(), document, "action").build()).isEqualTo(FORWARD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          , "Mirror": {"To": "b"} | `` | action.Mirror
          `` | , "Zone": "a" | action.ForwardConfig.TargetGroups[0].Zone
          , "Mirror": [0] | , "Zone": 1 | action.Mirror action.ForwardConfig.TargetGroups[0].Zone
          """)
  void whatTheSdkDoesNotKnowIsKeptAndRefusedByItsPath(
      String besideType, String besideWeight, String paths) {
    Map<String, Object> document = SdkDocuments.of(FORWARD, forward(besideType, besideWeight));
    String[] unknown = paths.split(" ");
    assertThat(SdkDocuments.unknown(Action.builder(), document, "action"))
        .containsExactlyInAnyOrder(unknown);
    assertThatThrownBy(() -> SdkDocuments.fill(Action.builder(), document, "action"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContainingAll(unknown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "false", "\"\"", "[]", "{}", "{\"On\": false, \"To\": null}"})
  void whatTheSdkDoesNotKnowAndSaysNothingIsLeftOut(String value) {
    String field = ", \"New\": " + value;
    assertThat(SdkDocuments.of(FORWARD, forward(field, field)))
        .isEqualTo(SdkDocuments.of(FORWARD, forward("", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "0", "\"false\"", "[false]", "{\"On\": true}"})
  void whatTheSdkDoesNotKnowAndSaysSomethingIsKept(String value) {
    assertThat(SdkDocuments.of(FORWARD, forward(", \"New\": " + value, ""))).containsKey("New");
  }

  @Test
  void anAnswerThatIsNotWhatTheSdkHasReadIsRefused() {
    JsonNode other = JSON.createObjectNode();
    assertThatThrownBy(() -> SdkDocuments.of(FORWARD, other))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("cannot be compared");
    assertThatThrownBy(() -> SdkDocuments.of(List.of(FORWARD), other))
        .isInstanceOf(PermanentFailure.class);
  }

  /** What AWS sent for it, with something more. */
  private static JsonNode forward(String besideType, String besideWeight) {
    String sent =
        """
        {"Type": "forward"%s,
         "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "a", "Weight": 1%s}],
                           "TargetGroupStickinessConfig": {"Enabled": true, "DurationSeconds": 60}}}"""
            .formatted(
                besideType == null ? "" : besideType, besideWeight == null ? "" : besideWeight);
    try {
      return JSON.readTree(sent);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
