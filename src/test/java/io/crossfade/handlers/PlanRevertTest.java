package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.command.Freeze;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.lock.Lock;
import io.crossfade.lock.ReleasedBuild;
import io.crossfade.lock.S3LockStore;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.crossfade.release.Side;
import io.crossfade.site.BookingSite;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The release run-0 has moved the traffic from blue to green; the execution run-1 takes it back.
 */
@QuarkusTest
@TestProfile(HandlersProfile.class)
class PlanRevertTest extends HandlerTest {
  private String second;

  PlanRevertTest() {
    super("plan");
  }

  @BeforeEach
  void release() {
    Deployment planned = of("run-0", at(-1).withTaskDefinition(null));
    second = secondRevision();
    aws.ecs().updateService(r -> r.cluster("site").service("backend-green").taskDefinition(second));
    scale("backend-green", 3);
    Await.until(
        "green is at rest",
        () ->
            service("backend-green").runningCount() == 3
                && service("backend-green").deployments().size() == 1);
    weights(0, 100);
    scale("backend-blue", 0);
    bounds("backend-green", 2, 6);
    bounds("backend-blue", 0, 6);
    store("deployments/run-0/snapshot.json", planned);
    store("deployments/run-0/finishing.json", of("run-0", at(3).withTaskDefinition(second)));
    live("run-0");
    forgetCalls();
  }

  private void live(String deployment) {
    lock(
        held(deployment)
            .withLive(new ReleasedBuild(deployment, Sample.IMAGE, NOW, null, null))
            .givenBack());
  }

  private Lock held(String deployment) {
    String execution = Sample.EXECUTION.replace("run-1", deployment);
    return Lock.taken(backend.ruleArn(), deployment, execution, Sample.START);
  }

  private static Deployment of(String id, Deployment sample) {
    return new Deployment(
        id,
        Sample.EXECUTION.replace("run-1", id),
        sample.release(),
        sample.target(),
        sample.snapshot(),
        sample.taskDefinition(),
        sample.progress(),
        sample.verdict(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private ObjectNode input() {
    return json.createObjectNode().put("revert", "run-0").put("why", "slow").put("by", "ann");
  }

  @Override
  ObjectNode ordinary() {
    return payload(input(), NOW);
  }

  private void refuses(String why) {
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).isEqualTo(why);
    assertThat(changes()).isSubsetOf("s3:PutObject");
    assertThat(aws.s3().get("crossfade-state", "deployments/run-1/snapshot.json")).isEmpty();
  }

  @Test
  void aRevertGoesToTheTaskDefinitionOfBefore() throws Exception {
    JsonNode answer = call(ordinary());

    assertThat(action(answer)).as(reason(answer)).isEqualTo("REVERT");
    assertThat(reason(answer))
        .startsWith(
            "revert of run-0 by ann: slow; backend-green is stable with 3 of 3 tasks;"
                + " backend-blue is the canary and receives ");
    assertThat(answer.at("/taskDefinition").asText()).isEqualTo(backend.definition());
    assertThat(answer.at("/target/stable/service").asText()).isEqualTo("backend-green");
    assertThat(answer.at("/snapshot/canary/taskDefinition").asText())
        .isEqualTo(backend.definition());
    JsonNode release = answer.get("release");
    assertThat(release.get("imageUri").asText()).isEqualTo(imageOfBefore());
    assertThat(release.get("ruleArn").asText()).isEqualTo(backend.ruleArn());
    assertThat(release.get("container").asText()).isEqualTo("app");
    assertThat(release.at("/steps/0/weight").asInt()).isEqualTo(100);
    assertThat(release.get("steps")).hasSize(1);
    assertThat(release.at("/approval/skip").asBoolean()).isTrue();
    assertThat(release.get("author").asText()).isEqualTo("ann");
    assertThat(release.at("/revert/deployment").asText()).isEqualTo("run-0");
    assertThat(keptSnapshot()).isEqualTo(withoutCalls(answer));
    assertThat(changes()).containsExactly("s3:PutObject");
    assertThat(lock().heldBy("run-1", Sample.EXECUTION)).isTrue();
  }

  private String imageOfBefore() {
    return aws.ecs()
        .describeTaskDefinition(r -> r.taskDefinition(backend.definition()))
        .taskDefinition()
        .containerDefinitions()
        .get(0)
        .image();
  }

  /** Of a revert that starts, the lock is the one that it has taken. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theRecordAndTheLockAreReadOnce(boolean dryRun) {
    List<String> read = new CopyOnWriteArrayList<>();
    intercept(
        new CallInterceptor() {
          @Override
          public void before(Call call) {
            if (call.request() instanceof GetObjectRequest get) {
              read.add(get.key());
            }
          }
        });
    call(payload(input().put("dryRun", dryRun), NOW));
    assertThat(read)
        .containsOnlyOnce("deployments/run-0/snapshot.json", "deployments/run-0/finishing.json")
        .containsOnlyOnce(S3LockStore.key(backend.ruleArn()));
  }

  @Test
  void aDryRunOfARevertChangesNothingAndLooksAsClosely() {
    JsonNode answer = call(payload(input().put("dryRun", true), NOW));
    assertThat(action(answer)).isEqualTo("DRY_RUN");
    assertThat(reason(answer))
        .contains(
            "task definition: %s, which is there already".formatted(backend.definition()),
            "rule: backend-blue 100 %, backend-green 0 %");
    assertThat(changes()).isEmpty();
    live("run-2");
    assertThat(action(call(payload(input().put("dryRun", true), NOW)))).isEqualTo("REFUSE");
  }

  @Test
  void whatNobodyKnowsIsNotTakenBack() {
    JsonNode answer = call(payload(input().put("revert", "run-7"), NOW));
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer))
        .isEqualTo(
            "no snapshot of run-7 is stored: nothing was ever changed under that id, or it is too"
                + " old");
    assertThat(changes()).isEmpty();
  }

  @Test
  void whatWasRolledBackIsNotTakenBack() {
    store("deployments/run-3/snapshot.json", of("run-3", at(-1)));
    JsonNode answer = call(payload(input().put("revert", "run-3"), NOW));
    assertThat(reason(answer))
        .isEqualTo("run-3 was not released, so there is nothing to take back");
    assertThat(lock().released()).isTrue();
  }

  @Test
  void refusesIfSomethingWasReleasedSince() {
    live("run-2");
    refuses("the last release of this rule is not run-0 but run-2 (%s)".formatted(Sample.IMAGE));
    assertThat(lock().released()).isTrue();
  }

  @Test
  void refusesWhileItRuns() {
    aws.gateway()
        .serve(
            "states",
            SfnClient.class,
            new LocalStepFunctions(aws.clock(), (name, payload) -> null));
    lock(held("run-0"));
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).startsWith("this rule is locked by run-0 (arn:aws:states:");
  }

  @Test
  void refusesIfTheParkedSideWasChangedByHand() {
    aws.ecs().updateService(r -> r.cluster("site").service("backend-blue").taskDefinition(second));
    Await.until("blue is at rest", () -> service("backend-blue").deployments().size() == 1);
    forgetCalls();
    refuses(
        "backend-blue is parked on %s, and not on %s, which run-0 replaced"
            .formatted(second, backend.definition()));
  }

  @Test
  void refusesARevisionThatCannotBeStarted() {
    aws.ecs().deregisterTaskDefinition(r -> r.taskDefinition(backend.definition()));
    forgetCalls();
    refuses(
        "the revision that backend-blue is parked on is not ACTIVE, so a rollback could not put it"
            + " back; update that service to an active revision first");
  }

  @Test
  void aFrozenRuleIsNotTakenBackUnlessItIsOverridden() {
    store("freezes/stack.json", new Freeze(null, "arn:ann", "dinner", NOW, NOW.plusSeconds(60)));
    refuses(
        "every rule is frozen until %s by arn:ann: dinner; wait, unfreeze it, or override frozen with a reason"
            .formatted(NOW.plusSeconds(60)));
    ObjectNode overridden = input();
    overridden
        .putObject("override")
        .put("by", "An")
        .put("why", "the shop is down")
        .putArray("checks")
        .add("frozen");
    assertThat(action(call(payload(overridden, NOW)))).isEqualTo("REVERT");
  }

  /** A revert may be the answer to it. */
  @Test
  void anAlarmThatFiresAlreadyIsNoReasonToWait() {
    alarm();
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("REVERT");
    assertThat(reason(answer))
        .contains("; let pass, because a revert does not wait for it: slow is");
    assertThat(answer.at("/snapshot/firing/0").asText()).isEqualTo("slow");
  }

  private void alarm() {
    aws.cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName("slow")
                    .namespace("AWS/ApplicationELB")
                    .metricName("TargetResponseTime")
                    .dimensions(
                        BookingSite.dimension(
                            "TargetGroup", Side.dimensionOf(backend.greenGroupArn())))
                    .statistic("Maximum")
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator("GreaterThanThreshold"));
    aws.cloudWatch().blip("slow", Duration.ofDays(1));
  }

  /** That it cannot keep its tasks may be why it is taken back. */
  @Test
  void aVersionThatLosesItsTasksIsTakenBack() {
    scale("backend-green", 5);
    edit(
        "ecs:DescribeServices",
        body -> body.replaceAll("\"runningCount\":[1-9]", "\"runningCount\":1"));
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).as(reason(answer)).isEqualTo("REVERT");
    assertThat(answer.at("/snapshot/stable/desiredCount").asInt()).isEqualTo(5);
  }

  @Test
  void theStepsThatAreGivenCount() {
    ObjectNode input = input();
    ArrayNode steps = input.putArray("steps");
    steps.addObject().put("weight", 50).put("bakeSeconds", 60);
    steps.addObject().put("weight", 100);
    JsonNode answer = call(payload(input, NOW));
    assertThat(action(answer)).isEqualTo("REVERT");
    assertThat(answer.at("/release/steps")).hasSize(2);
    assertThat(answer.at("/release/steps/0/weight").asInt()).isEqualTo(50);
  }
}
