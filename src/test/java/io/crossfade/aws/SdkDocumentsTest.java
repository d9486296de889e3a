package io.crossfade.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.release.PermanentFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

class SdkDocumentsTest {
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

  @Test
  void anObjectComesBackAsItWent() {
    Map<String, Object> document = SdkDocuments.of(LOGIN);
    assertThat(document).containsOnlyKeys("Type", "Order", "AuthenticateOidcConfig");
    assertThat(SdkDocuments.fill(Action.builder(), document).build()).isEqualTo(LOGIN);
  }

  @Test
  void listsOfObjectsComeBackToo() {
    Action forward =
        Action.builder()
            .type("forward")
            .forwardConfig(
                f ->
                    f.targetGroups(TargetGroupTuple.builder().targetGroupArn("a").weight(1).build())
                        .targetGroupStickinessConfig(s -> s.enabled(true).durationSeconds(60)))
            .build();
    assertThat(SdkDocuments.fill(Action.builder(), SdkDocuments.of(forward)).build())
        .isEqualTo(forward);
  }

  @Test
  void aFieldThatTheSdkDoesNotKnowIsRefusedByName() {
    assertThatThrownBy(() -> SdkDocuments.fill(Action.builder(), Map.of("Typ", "forward")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("\"Typ\"");
  }
}
