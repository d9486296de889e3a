package io.crossfade.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum.*;
import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum.*;

import io.crossfade.localaws.sdk.Await;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;

class TargetHealthTest {
  private final Site site = new Site(60);

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aGroupInARuleIsCheckedEvenAtWeightZero() {
    HttpTarget target = site.register(site.green, "green");
    site.awaitState(site.green, target, HEALTHY);
    assertThat(target.requests()).isZero();
  }

  @Test
  void aGroupInNoRuleIsUnusedUntilARuleNamesIt() {
    String spare = site.group("spare");
    HttpTarget target = site.register(spare, "spare");
    TargetHealth unused = site.health(spare, target);
    assertThat(unused.state()).isEqualTo(UNUSED);
    assertThat(unused.reason()).isEqualTo(TARGET_NOT_IN_USE);

    site.elb.modifyRule(
        r -> r.ruleArn(site.rule).actions(Site.forward(Map.of(site.blue, 100, spare, 0))));
    site.awaitState(spare, target, HEALTHY);

    site.weights(100, 0);
    assertThat(site.health(spare, target).state()).isEqualTo(UNUSED);
  }

  @Test
  void aWrongAnswerMakesATargetUnhealthyAndARightOneHealthyAgain() {
    HttpTarget target = site.register(site.blue, new HttpTarget("blue").health(503));
    site.awaitState(site.blue, target, UNHEALTHY);
    TargetHealth health = site.health(site.blue, target);
    assertThat(health.reason()).isEqualTo(TARGET_RESPONSE_CODE_MISMATCH);
    assertThat(health.description()).isEqualTo("Health checks failed with these codes: [503]");

    target.health(200);
    site.awaitState(site.blue, target, HEALTHY);
    assertThat(site.health(site.blue, target).reason()).isNull();
  }

  @Test
  void aTargetThatIsGoneFailsItsHealthChecks() {
    HttpTarget target = site.register(site.blue, "blue");
    site.awaitState(site.blue, target, HEALTHY);
    target.close();
    site.awaitState(site.blue, target, UNHEALTHY);
    assertThat(site.health(site.blue, target).reason()).isEqualTo(TARGET_FAILED_HEALTH_CHECKS);
  }

  @Test
  void aDeregisteredTargetDrainsForItsDelayAndGetsNoRequests() {
    HttpTarget target = site.register(site.blue, "blue");
    site.awaitState(site.blue, target, HEALTHY);
    site.elb.deregisterTargets(r -> r.targetGroupArn(site.blue).targets(target.address()));
    assertThat(site.health(site.blue, target).state()).isEqualTo(DRAINING);
    assertThat(site.get("/api/x").statusCode()).isEqualTo(503);
    Await.until(
        "it is forgotten",
        () ->
            !site.elb
                    .describeTargetHealth(r -> r.targetGroupArn(site.blue))
                    .hasTargetHealthDescriptions()
                || site.elb
                    .describeTargetHealth(r -> r.targetGroupArn(site.blue))
                    .targetHealthDescriptions()
                    .isEmpty());
    assertThat(site.health(site.blue, target).reason()).isEqualTo(TARGET_NOT_REGISTERED);
  }
}
