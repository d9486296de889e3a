package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.Service;
import io.crossfade.fleet.Service.Endpoint;
import io.crossfade.fleet.ServiceSample;
import io.crossfade.release.Colour;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Sample;
import io.crossfade.traffic.ListenerRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleResolverTest {
  private static final Map<String, Service> BOTH =
      Map.of("backend-blue", ServiceSample.stable(), "backend-green", ServiceSample.canary());

  @ParameterizedTest
  @CsvSource({"1, 0, BLUE", "100, 0, BLUE", "999, 0, BLUE", "0, 1, GREEN", "0, 100, GREEN"})
  void theWeightsTellWhoIsLive(int blue, int green, Colour stable) {
    DeploymentTarget target = target(Sample.forward(blue, green), BOTH);
    assertThat(target.stable().colour()).isEqualTo(stable);
    assertThat(target.canary().colour()).isEqualTo(stable.other());
  }

  @Test
  void desiredCountsDoNotTellWhoIsLive() {
    Map<String, Service> upsideDown =
        Map.of(
            "backend-blue", ServiceSample.blue(0, 0), "backend-green", ServiceSample.green(4, 4));
    assertThat(target(Sample.forward(100, 0), upsideDown).stable().service())
        .isEqualTo("backend-blue");
  }

  @Test
  void aScalarForwardIsUnderstood() {
    Map<String, Object> scalar = Map.of("Type", "forward", "TargetGroupArn", Sample.GREEN);
    var target = target(scalar, BOTH);
    assertThat(target.stable().service()).isEqualTo("backend-green");
    assertThat(target.canary().targetGroupArn()).isEqualTo(Sample.BLUE);
  }

  @ParameterizedTest
  @CsvSource({"80, 20", "50, 50", "1, 999"})
  void aRuleThatIsHalfShiftedIsRefused(int blue, int green) {
    assertThat(problems(Sample.forward(blue, green), BOTH))
        .singleElement()
        .asString()
        .contains("an earlier release is half done")
        .contains("targetgroup/backend-blue/0000000000000001 " + blue);
  }

  @Test
  void aRuleWithoutAnyWeightIsRefused() {
    assertThat(roles(Sample.forward(0, 0), BOTH)).isInstanceOf(RoleResolver.Unresolved.class);
  }

  @Test
  void aRuleThatRedirectsIsRefused() {
    assertThat(problems(Map.of("Type", "redirect"), BOTH))
        .singleElement()
        .asString()
        .contains("does not forward");
  }

  @Test
  void everyMissingServiceIsNamed() {
    assertThat(problems(Sample.forward(1, 0), Map.of()))
        .containsExactly(
            "cluster site has no service backend-blue",
            "cluster site has no service backend-green");
  }

  @Test
  void trafficThatGoesToAStrangerIsRefused() {
    Map<String, Object> stranger =
        Map.of("Type", "forward", "TargetGroupArn", Sample.BLUE.replace("backend", "frontend"));
    assertThat(problems(stranger, BOTH)).singleElement().asString().contains("neither");
  }

  @Test
  void anCanaryServiceWithoutATargetGroupOfItsOwnIsRefused() {
    Service shared = ServiceSample.canary(List.of(new Endpoint(Sample.BLUE, "app")));
    Map<String, Service> found =
        Map.of("backend-blue", ServiceSample.stable(), "backend-green", shared);
    assertThat(problems(Sample.forward(1, 0), found))
        .singleElement()
        .asString()
        .contains("exactly one target group of its own");
  }

  @Test
  void ofSeveralCanaryGroupsTheOneInTheRuleIsTaken() {
    String internal = Sample.GREEN.replace("backend-green", "internal");
    Service two =
        ServiceSample.canary(
            List.of(new Endpoint(internal, "app"), new Endpoint(Sample.GREEN, "app")));
    Map<String, Service> found =
        Map.of("backend-blue", ServiceSample.stable(), "backend-green", two);
    assertThat(target(Sample.forward(1, 0), found).canary().targetGroupArn())
        .isEqualTo(Sample.GREEN);
  }

  private static RoleResolver.Result roles(
      Map<String, Object> action, Map<String, Service> services) {
    return RoleResolver.resolve(
        Sample.release(), new ListenerRule(Sample.RULE, false, List.of(action)), services);
  }

  private static DeploymentTarget target(Map<String, Object> action, Map<String, Service> found) {
    return ((RoleResolver.Resolved) roles(action, found)).target();
  }

  private static List<String> problems(Map<String, Object> action, Map<String, Service> found) {
    return ((RoleResolver.Unresolved) roles(action, found)).problems();
  }
}
