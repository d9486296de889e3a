package io.crossfade.localaws.elb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum.*;
import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum.*;

import io.crossfade.localaws.sdk.Await;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;

class TargetHealthTest {
  private final LoadBalancedSite site = new LoadBalancedSite(60);

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
        r ->
            r.ruleArn(site.rule)
                .actions(LoadBalancedSite.forward(Map.of(site.blue, 100, spare, 0))));
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
  void aTargetWhoseAnswerNeverEndsFailsItsHealthChecks() throws Exception {
    try (ServerSocket endless = new ServerSocket(0)) {
      CompletableFuture.runAsync(() -> answerWithoutAnEnd(endless));
      TargetDescription target =
          TargetDescription.builder().id("127.0.0.1").port(endless.getLocalPort()).build();
      site.elb.registerTargets(r -> r.targetGroupArn(site.blue).targets(target));
      site.awaitState(site.blue, target, UNHEALTHY);
    }
  }

  /** Five bytes are announced and none is sent. */
  private static void answerWithoutAnEnd(ServerSocket server) {
    try {
      Socket asked = server.accept();
      asked
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".getBytes(US_ASCII));
      asked.getOutputStream().flush();
      answerWithoutAnEnd(server);
    } catch (IOException closed) {
      // The test is over.
    }
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
