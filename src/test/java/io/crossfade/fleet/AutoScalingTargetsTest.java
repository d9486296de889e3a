package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.ScalingState;
import io.crossfade.release.TransientFailure;
import io.crossfade.site.BookingSite;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;

class AutoScalingTargetsTest {
  private static final String REGISTER = "application-autoscaling:RegisterScalableTarget";
  private static final String DESCRIBE = "application-autoscaling:DescribeScalableTargets";
  private static final List<String> BOTH = List.of("backend-blue", "backend-green");

  private final Account account = new Account();
  private final BookingSite site = new BookingSite(account.aws(), BookingSite.Names.SAMPLE);
  private final ScalingTargets scaling =
      new AutoScalingTargets(account.client(ApplicationAutoScalingClient.builder()));

  @AfterEach
  void close() {
    account.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"site", "arn:aws:ecs:eu-central-1:123456789012:cluster/site"})
  void readsTheTargetsOfTheServicesByTheClustersName(String cluster) {
    assertThat(scaling.of(cluster, BOTH))
        .containsExactlyInAnyOrder(
            new ScalingState("backend-blue", 2, 6, false, false, false),
            new ScalingState("backend-green", 0, 6, false, false, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"site", "arn:aws:ecs:eu-central-1:123456789012:cluster/site"})
  void writesByTheClustersName(String cluster) {
    put(cluster, new ScalingState("backend-blue", 1, 4, true, false, false));

    assertThat(account.sent(REGISTER, RegisterScalableTargetRequest.class))
        .extracting(RegisterScalableTargetRequest::resourceId)
        .containsExactly("service/site/backend-blue");
    assertThat(scaling.of("site", List.of("backend-blue")))
        .containsExactly(new ScalingState("backend-blue", 1, 4, true, false, false));
  }

  @ParameterizedTest
  @CsvSource({"true, false, false", "false, true, false", "false, false, true", "true, true, true"})
  void eachFlagIsItsOwn(boolean in, boolean out, boolean schedule) {
    ScalingState wanted = new ScalingState("backend-blue", 2, 6, in, out, schedule);

    put("site", wanted);

    var held = account.sent(REGISTER, RegisterScalableTargetRequest.class).get(0).suspendedState();
    assertThat(held.dynamicScalingInSuspended()).isEqualTo(in);
    assertThat(held.dynamicScalingOutSuspended()).isEqualTo(out);
    assertThat(held.scheduledScalingSuspended()).isEqualTo(schedule);
    assertThat(scaling.of("site", List.of("backend-blue"))).containsExactly(wanted);
    put("site", new ScalingState("backend-blue", 2, 6, false, false, false));
    assertThat(scaling.of("site", List.of("backend-blue")))
        .containsExactly(new ScalingState("backend-blue", 2, 6, false, false, false));
  }

  @Test
  void servicesThatAreNotScaledHaveNoTarget() {
    account
        .aws()
        .scaling()
        .deregisterScalableTarget(
            r ->
                r.serviceNamespace("ecs")
                    .scalableDimension("ecs:service:DesiredCount")
                    .resourceId("service/site/backend-green"));
    assertThat(scaling.of("site", BOTH))
        .extracting(ScalingState::service)
        .containsExactly("backend-blue");
    assertThat(scaling.of("site", List.of("backend-green"))).isEmpty();
    assertThat(scaling.of("other", BOTH)).isEmpty();
  }

  @Test
  void whatIsThereAlreadyIsNotWritten() {
    ScalingState wanted = new ScalingState("backend-blue", 2, 6, true, false, false);
    put("site", wanted);

    put("site", wanted);

    assertThat(account.calls(REGISTER)).isEqualTo(1);
  }

  @Test
  void aServiceThatIsGoneIsPermanent() {
    assertThatThrownBy(() -> put("site", new ScalingState("red", 0, 1, false, false, false)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("service/site/red");
  }

  @Test
  void oneThrottledCallIsTriedAgainByTheSdk() {
    account.refuse(DESCRIBE, 1, "ThrottlingException");
    assertThat(scaling.of("site", BOTH)).hasSize(2);
    assertThat(account.calls(DESCRIBE)).isEqualTo(2);
  }

  @Test
  void aConcurrentUpdateMayPass() {
    account.refuse(REGISTER, 100, "ConcurrentUpdateException");
    ScalingState wanted = new ScalingState(site.backend().name() + "-blue", 1, 4, true, true, true);
    assertThatThrownBy(() -> put("site", wanted)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void twoAreReadBackByOneQuestion() {
    List<ScalingState> shown = scaling.of("site", BOTH);
    List<ScalingState> wanted = shown.stream().map(ScalingState::shrinkHeld).toList();

    scaling.put("site", shown, wanted);

    assertThat(account.calls(REGISTER)).isEqualTo(2);
    assertThat(account.calls(DESCRIBE)).isEqualTo(2);
    assertThat(scaling.of("site", BOTH)).containsExactlyInAnyOrderElementsOf(wanted);
  }

  private void put(String cluster, ScalingState wanted) {
    scaling.put(cluster, scaling.of(cluster, List.of(wanted.service())), List.of(wanted));
  }
}
