package io.crossfade.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.release.Arn;
import io.crossfade.release.Sample;
import io.crossfade.release.Side;
import io.crossfade.release.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerRuleTest {
  private static final Map<String, Object> LOGIN =
      Map.of(
          "Type",
          "authenticate-cognito",
          "Order",
          1,
          "AuthenticateCognitoConfig",
          Map.of("UserPoolArn", "arn", "SessionTimeout", 604800));

  @Test
  void everyOtherActionGoesBackAsItWas() {
    ListenerRule rule = rule(LOGIN, Sample.forward(100, 0));
    ListenerRule divided = rule.divided(Sample.BLUE, Sample.GREEN, Weights.canaryAt(25));
    assertThat(divided.actions()).hasSize(2);
    assertThat(divided.actions().get(0)).isEqualTo(LOGIN);
    assertThat(divided.forward().orElseThrow().groups())
        .containsExactly(new WeightedGroup(Sample.BLUE, 75), new WeightedGroup(Sample.GREEN, 25));
  }

  @Test
  void onlyTheWeightsOfAForwardActionChange() {
    Map<String, Object> sticky = Map.of("Enabled", true, "DurationSeconds", 3600);
    Map<String, Object> forward =
        Map.of(
            "Type",
            "forward",
            "Order",
            2,
            "ForwardConfig",
            Map.of(
                "TargetGroups",
                List.of(Map.of("TargetGroupArn", Sample.BLUE, "Weight", 1)),
                "TargetGroupStickinessConfig",
                sticky));
    Map<String, Object> changed =
        rule(forward).divided(Sample.BLUE, Sample.GREEN, Weights.canaryAt(50)).actions().get(0);
    assertThat(changed).containsEntry("Order", 2).doesNotContainKey("TargetGroupArn");
    assertThat(changed.get("ForwardConfig"))
        .isEqualTo(
            Map.of(
                "TargetGroups",
                List.of(
                    Map.of("TargetGroupArn", Sample.BLUE, "Weight", 50),
                    Map.of("TargetGroupArn", Sample.GREEN, "Weight", 50)),
                "TargetGroupStickinessConfig",
                sticky));
  }

  @Test
  void theScalarGoesWhenASecondGroupComes() {
    Map<String, Object> both =
        Map.of(
            "Type",
            "forward",
            "TargetGroupArn",
            Sample.BLUE,
            "ForwardConfig",
            Map.of("TargetGroups", List.of(Map.of("TargetGroupArn", Sample.BLUE, "Weight", 1))));
    ListenerRule attached = rule(both).divided(Sample.BLUE, Sample.GREEN, Weights.ALL_STABLE);
    assertThat(attached.actions().get(0)).doesNotContainKey("TargetGroupArn");
    assertThat(attached.forward().orElseThrow().groups())
        .containsExactly(new WeightedGroup(Sample.BLUE, 100), new WeightedGroup(Sample.GREEN, 0));
  }

  @Test
  void aThirdGroupKeepsItsPlace() {
    String third = Sample.BLUE.replace("blue", "third");
    Map<String, Object> forward =
        Map.of(
            "Type",
            "forward",
            "ForwardConfig",
            Map.of(
                "TargetGroups",
                List.of(
                    Map.of("TargetGroupArn", third, "Weight", 0),
                    Map.of("TargetGroupArn", Sample.BLUE, "Weight", 1))));
    assertThat(
            rule(forward)
                .divided(Sample.BLUE, Sample.GREEN, Weights.canaryAt(25))
                .forward()
                .orElseThrow()
                .groups())
        .containsExactly(
            new WeightedGroup(third, 0),
            new WeightedGroup(Sample.BLUE, 75),
            new WeightedGroup(Sample.GREEN, 25));
  }

  @Test
  void aSixthGroupDoesNotFit() {
    List<Map<String, Object>> five =
        List.of("a", "b", "c", "d", "e").stream()
            .map(n -> Map.<String, Object>of("TargetGroupArn", n, "Weight", 0))
            .toList();
    Map<String, Object> full =
        Map.of("Type", "forward", "ForwardConfig", Map.of("TargetGroups", five));
    assertThatThrownBy(() -> rule(full).divided("a", "f", Weights.ALL_STABLE))
        .hasMessageContaining("at most 5");
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, 100, 0",
    "1, 0, 100, 0",
    "75, 25, 75, 25",
    "3, 1, 75, 25",
    "0, 7, 0, 100",
  })
  void weightsOfAnyScaleReadAsPercent(int blue, int green, int stable, int canary) {
    assertThat(shown(Sample.forward(blue, green))).contains(new Weights(stable, canary));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2, 1", "998, 1"})
  void aDivisionThatIsNotInWholePercentIsNobodysOfOurs(int blue, int green) {
    assertThat(shown(Sample.forward(blue, green))).isEmpty();
  }

  @Test
  void aScalarAndItsDescriptionAsBothMeanTheSame() {
    Map<String, Object> scalar = Map.of("Type", "forward", "TargetGroupArn", Sample.BLUE);
    Map<String, Object> both =
        Map.of(
            "Type",
            "forward",
            "Order",
            1,
            "TargetGroupArn",
            Sample.BLUE,
            "ForwardConfig",
            Map.of(
                "TargetGroups", List.of(Map.of("TargetGroupArn", Sample.BLUE, "Weight", 1)),
                "TargetGroupStickinessConfig", Map.of("Enabled", false)));
    assertThat(ListenerRules.same(List.of(scalar), List.of(both))).isTrue();
  }

  @Test
  void otherWeightsOtherGroupsOrOtherStickinessAreNotTheSame() {
    assertThat(ListenerRules.same(List.of(Sample.forward(75, 25)), List.of(Sample.forward(50, 50))))
        .isFalse();
    assertThat(ListenerRules.same(List.of(Sample.forward(1, 0)), List.of(Sample.forward(100, 0))))
        .isFalse();
    assertThat(
            ListenerRules.same(List.of(Sample.forward(1, 0)), List.of(LOGIN, Sample.forward(1, 0))))
        .isFalse();
    assertThat(
            ListenerRules.same(List.of(Sample.forward(1, 0)), List.of(Map.of("Type", "redirect"))))
        .isFalse();
  }

  @Test
  void theListenerAndTheDimensionsFollowFromTheArn() {
    ListenerRule rule = rule(Sample.forward(1, 0));
    assertThat(rule.listenerArn())
        .isEqualTo(
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/site/1a/2b");
    assertThat(Arn.loadBalancer(rule.arn())).isEqualTo("app/site/1a");
    assertThat(Side.dimensionOf(Sample.BLUE))
        .isEqualTo("targetgroup/backend-blue/0000000000000001");
  }

  private static java.util.Optional<Weights> shown(Map<String, Object> forward) {
    return rule(forward).forward().orElseThrow().between(Sample.BLUE, Sample.GREEN);
  }

  private static ListenerRule rule(Map<String, Object> action) {
    return new ListenerRule(Sample.RULE, false, List.of(action));
  }

  private static ListenerRule rule(Map<String, Object> first, Map<String, Object> second) {
    return new ListenerRule(Sample.RULE, false, List.of(first, second));
  }

  @Test
  void howASecretIsKeptMakesNoDifference() {
    Map<String, Object> told = login(Map.of("Issuer", "i", "UseExistingClientSecret", true));
    Map<String, Object> hidden = login(Map.of("Issuer", "i"));
    Map<String, Object> other = login(Map.of("Issuer", "j"));
    assertThat(ListenerRules.same(List.of(told), List.of(hidden))).isTrue();
    assertThat(ListenerRules.same(List.of(told), List.of(other))).isFalse();
  }

  private static Map<String, Object> login(Map<String, Object> oidc) {
    return Map.of("Type", "authenticate-oidc", "Order", 1, "AuthenticateOidcConfig", oidc);
  }
}
