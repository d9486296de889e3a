package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.PermanentFailure;
import io.crossfade.site.BookingSite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

class ElbTargetHealthTest {
  private final Account account = new Account();
  private final BookingSite site = new BookingSite(account.aws(), BookingSite.Names.SAMPLE);
  private final TargetHealth health =
      new ElbTargetHealth(account.client(ElasticLoadBalancingV2Client.builder()));

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void countsTheHealthyTargetsOfOneGroup() {
    site.awaitHealthy();
    assertThat(health.of(site.backend().blueGroupArn()).states()).containsOnly(entry("healthy", 2));
    assertThat(health.of(site.backend().blueGroupArn()).healthy()).isEqualTo(2);
    assertThat(health.of(site.backend().greenGroupArn()).states()).isEmpty();
    assertThat(health.of(site.backend().greenGroupArn()).healthy()).isZero();
  }

  @Test
  void aTargetThatDoesNotAnswerIsToldApart() {
    site.awaitHealthy();
    String group = site.backend().blueGroupArn();
    TargetDescription nobody = TargetDescription.builder().id("127.0.0.1").port(1).build();
    account.aws().elb().registerTargets(r -> r.targetGroupArn(group).targets(nobody));

    Await.until(
        "the third target is unhealthy",
        () -> health.of(group).states().getOrDefault("unhealthy", 0) == 1);

    assertThat(health.of(group).healthy()).isEqualTo(2);
  }

  @Test
  void aGroupThatIsGoneIsNamed() {
    String gone = site.backend().blueGroupArn() + "f";
    assertThatThrownBy(() -> health.of(gone))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("TargetGroupNotFound")
        .hasMessageContaining(gone);
  }

  private static java.util.Map.Entry<String, Integer> entry(String state, int count) {
    return java.util.Map.entry(state, count);
  }
}
