package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import io.crossfade.release.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class RollbackTest extends HandlerTest {
  RollbackTest() {
    super("rollback");
  }

  @Override
  ObjectNode ordinary() {
    weights(50, 50);
    return payload(at(1).with(new Verdict("ROLL_BACK", "an alarm fired", 0, false)));
  }

  @Test
  void putsTheTrafficBackFirst() {
    scale("backend-green", 2);

    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).isEqualTo("an alarm fired");
    assertThat(waitSeconds(answer)).isEqualTo(1);
    assertThat(shares()).endsWith(50, 0);
    assertThat(service("backend-green").desiredCount()).isEqualTo(2);
    assertThat(answer.at("/restoration/begun").asText()).isEqualTo(NOW.toString());
    assertThat(answer.at("/restoration/trafficSince").isNull()).isTrue();
    assertThat(answer.at("/timeline/0/what").asText()).isEqualTo("rolling back: an alarm fired");
  }

  /** As it was stored before the stack was updated: a half-done release must be restorable. */
  @Test
  void aDocumentOfTheVersionBeforeIsPutBackToo() {
    scale("backend-green", 2);
    ObjectNode payload = ordinary();
    ObjectNode document = (ObjectNode) payload.get("document");
    rename((ObjectNode) document.get("target"));
    rename((ObjectNode) document.get("snapshot"));
    rename((ObjectNode) document.at("/progress/weights"));
    ((ObjectNode) document.get("progress")).remove("phase");
    ((ObjectNode) document.get("release")).remove("health");
    ((ObjectNode) document.get("verdict")).remove("caught");
    document.putObject("pace").put("pollSeconds", 15);

    JsonNode answer = call(payload);

    assertThat(shares()).endsWith(50, 0);
    assertThat(answer.at("/snapshot/stable/service").asText()).isEqualTo("backend-blue");
    assertThat(answer.at("/snapshot/canary/service").asText()).isEqualTo("backend-green");
    assertThat(answer.at("/target/canary/service").asText()).isEqualTo("backend-green");
    assertThat(answer.at("/progress/weights/canary").asInt()).isEqualTo(50);
  }

  private static void rename(ObjectNode roles) {
    roles.set("live", roles.remove("stable"));
    roles.set("idle", roles.remove("canary"));
  }

  @Test
  void theTrafficDoesNotWaitForEcs() {
    refuse("ecs:DescribeServices");
    assertThat(fail(ordinary()).get("errorType").asText())
        .isEqualTo("io.crossfade.release.TransientFailure");
    assertThat(shares()).endsWith(50, 0);
  }

  @Test
  void aTryThatCameNoFurtherThanTheRuleIsTakenUp() {
    scale("backend-green", 5);
    ObjectNode payload = ordinary();
    weights(100, 0);

    assertThat(waitSeconds(call(payload))).isEqualTo(1);

    assertThat(service("backend-blue").desiredCount()).isEqualTo(5);
  }

  @Test
  void whereNobodyIsLeftToTakeTheTrafficTheTasksAreStartedFirst() {
    ObjectNode payload = ordinary();
    awaitGreen(2);
    scale("backend-blue", 0);
    Await.until("blue is gone", () -> healthy(backend.blueGroupArn()) == 0);
    forgetCalls();

    JsonNode answer = call(payload);

    assertThat(shares()).endsWith(0, 50);
    assertThat(waitSeconds(answer)).isEqualTo(20);
    assertThat(service("backend-blue").desiredCount()).isEqualTo(2);
    assertThat(answer.at("/timeline/1/what").asText())
        .isEqualTo(
            "backend-blue has no healthy target to take the traffic back;"
                + " its tasks are started first");
    Await.until("blue is back", () -> healthy(backend.blueGroupArn()) > 0);
    call(payload(answer.deepCopy(), NOW));
    assertThat(shares()).endsWith(50, 0);
  }

  @Test
  void whatCanBePutBackIsWhateverFailsBeside() {
    scale("backend-green", 2);
    aws.scaling()
        .registerScalableTarget(
            r ->
                r.serviceNamespace("ecs")
                    .resourceId("service/site/backend-green")
                    .scalableDimension("ecs:service:DesiredCount")
                    .suspendedState(s -> s.dynamicScalingInSuspended(true)));
    refuse("ecs:UpdateService");
    Restoration settled = new Restoration("an alarm fired", Sample.START, Sample.START);

    fail(payload(at(1).with(settled)));

    assertThat(aws.scaling().targets())
        .noneMatch(target -> target.suspendedState().dynamicScalingInSuspended());
  }

  private ObjectNode settled() {
    scale("backend-green", 2);
    Restoration settled = new Restoration("an alarm fired", Sample.START, Sample.START);
    ObjectNode payload = tested(payload(at(1).with(settled)));
    testWeights(0, 100);
    return payload;
  }

  @Test
  void putsTheTestRuleBackOnceTheUsersAre() {
    scale("backend-green", 2);
    ObjectNode payload = tested(ordinary());
    testWeights(0, 100);
    JsonNode first = call(payload);
    assertThat(shares()).endsWith(50, 0);
    assertThat(shares(testRule)).endsWith(100);

    JsonNode second = call(payload(first, NOW));

    assertThat(shares(testRule)).endsWith(100, 0);
    assertThat(waitSeconds(second)).isEqualTo(1);
    assertThat(service("backend-green").desiredCount()).isEqualTo(2);
  }

  /** The scaling of both services is held: the restore must not leave it so. */
  @Test
  void aTestRuleThatIsGoneStandsInTheWayOfNothing() {
    ObjectNode payload = settled();
    aws.elb().deleteRule(r -> r.ruleArn(testRule));

    JsonNode answer = call(payload);

    assertThat(service("backend-green").desiredCount()).isZero();
    JsonNode error = fail(payload(answer, NOW));

    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText())
        .isEqualTo("the test rule is gone or cannot be read");
  }

  @Test
  void aTestRuleThatCannotBeWrittenStandsInTheWayOfNothing() {
    ObjectNode payload = settled();
    refuse("elasticloadbalancing:ModifyRule");

    JsonNode answer = call(payload);

    assertThat(service("backend-green").desiredCount()).isZero();
    assertThat(waitSeconds(call(payload(answer, NOW)))).isEqualTo(30);
  }

  @Test
  void scalesInOnceTheTrafficHasSettled() {
    scale("backend-green", 2);
    Restoration settled = new Restoration("an alarm fired", Sample.START, Sample.START);

    call(payload(at(1).with(settled)));

    assertThat(service("backend-green").desiredCount()).isZero();
    assertThat(service("backend-blue").desiredCount()).isEqualTo(2);
  }

  @Test
  void readsTheReasonFromWhatACatchLeft() {
    ObjectNode payload = ordinary();
    ObjectNode document = (ObjectNode) payload.get("document");
    document
        .putObject("error")
        .put("Error", "io.crossfade.release.PermanentFailure")
        .put("Cause", "{\"errorMessage\":\"no such rule\",\"errorType\":\"x\"}");
    assertThat(call(payload).at("/restoration/reason").asText()).isEqualTo("no such rule");
  }

  @Test
  void aRuleThatIsGoneIsAnErrorByItsClassName() {
    ObjectNode payload = ordinary();
    aws.elb().deleteRule(r -> r.ruleArn(backend.ruleArn()));
    assertThat(fail(payload).get("errorType").asText())
        .isEqualTo("io.crossfade.release.PermanentFailure");
  }

  @Test
  void touchesNothingWithoutTheLock() {
    ObjectNode payload = ordinary();
    loseTheLock();
    forgetCalls();

    JsonNode answer = call(payload);

    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(answer.at("/restoration").isNull()).isTrue();
    assertThat(changes()).isEmpty();
  }

  @Test
  void theOldVersionGetsAsManyTasksAsTheNewOneHasGrownTo() {
    scale("backend-green", 5);

    call(ordinary());

    assertThat(shares()).endsWith(50, 0);
    assertThat(service("backend-blue").desiredCount()).isEqualTo(5);
    assertThat(service("backend-blue").deployments()).hasSize(1);
  }
}
