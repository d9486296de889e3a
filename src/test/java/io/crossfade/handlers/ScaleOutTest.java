package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.release.ScalingState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class ScaleOutTest extends HandlerTest {
  ScaleOutTest() {
    super("scale-out");
  }

  @Override
  ObjectNode ordinary() {
    return payload(at(-1).withTaskDefinition(secondRevision()));
  }

  @Test
  void holdsTheScalingAndStartsTheNewVersion() {
    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("SCALED_OUT");
    assertThat(waitSeconds(answer)).isEqualTo(20);
    assertThat(answer.at("/progress/capacity").asInt()).isEqualTo(2);
    assertThat(service("backend-green").desiredCount()).isEqualTo(2);
    assertThat(service("backend-green").taskDefinition()).endsWith("backend:2");
    assertThat(held("backend-blue")).isEqualTo("true false false");
    assertThat(held("backend-green")).isEqualTo("true false false");
  }

  @Test
  void startsAsManyAsTheLiveServiceHasGrownTo() {
    scale("backend-blue", 5);
    JsonNode answer = call(ordinary());
    assertThat(answer.at("/progress/capacity").asInt()).isEqualTo(5);
    assertThat(service("backend-green").desiredCount()).isEqualTo(5);
    assertThat(desiredAtLast("backend-blue")).isEqualTo(5);
    assertThat(desiredAtLast("backend-green")).isEqualTo(5);
  }

  @Test
  void aLiveServiceThatSomebodyHasRaisedAboveItsMaximumIsNotCut() {
    scale("backend-blue", 8);
    call(ordinary());
    assertThat(desiredAtLast("backend-blue")).isEqualTo(8);
    assertThat(desiredAtLast("backend-green")).isEqualTo(8);
  }

  @Test
  void aMaximumBelowWhatIsNeededDoesNotCutTheNewVersion() {
    bounds("backend-green", 0, 1);
    ObjectNode payload =
        payload(
            at(
                    -1,
                    new ScalingState("backend-blue", 2, 6, false, false, false),
                    new ScalingState("backend-green", 0, 1, false, false, false))
                .withTaskDefinition(secondRevision()));

    call(payload);

    assertThat(bounds("backend-green")).isEqualTo("0 to 6");
    assertThat(desiredAtLast("backend-green")).isEqualTo(2);
  }

  @Test
  void aRevisionThatIsNotThereIsAnErrorByItsClassName() {
    JsonNode error = fail(payload(at(-1).withTaskDefinition(backend.definition() + "9")));
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(service("backend-green").desiredCount()).isZero();
  }

  private String held(String service) {
    SuspendedState held =
        aws.scaling().targets().stream()
            .filter(target -> target.resourceId().equals("service/site/" + service))
            .findFirst()
            .orElseThrow()
            .suspendedState();
    return "%s %s %s"
        .formatted(
            held.dynamicScalingInSuspended(),
            held.dynamicScalingOutSuspended(),
            held.scheduledScalingSuspended());
  }

  @Test
  void touchesNothingWithoutTheLock() {
    failsWithoutTheLock();
  }
}
