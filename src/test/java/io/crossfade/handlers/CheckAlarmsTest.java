package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.command.Command;
import io.crossfade.command.GivenCommand;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.Deployment;
import io.crossfade.release.Phase;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class CheckAlarmsTest extends HandlerTest {
  CheckAlarmsTest() {
    super("check-alarms");
  }

  @BeforeEach
  void awaitMeasured() {
    Await.until(
        "the alarms are measured",
        () ->
            aws.cloudWatch().describeAlarms().metricAlarms().stream()
                .allMatch(alarm -> alarm.stateValue() == StateValue.OK));
    awaitGreen(2);
    forgetCalls();
  }

  @Test
  void turnsBackWhenNobodyCanAnswer() {
    awaitGreen(0);
    JsonNode answer = call(payload(json.valueToTree(baking(0)), Sample.START.plusSeconds(110)));
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer))
        .isEqualTo("at the step at 25 %: no target of backend-green is healthy");
  }

  @Test
  void holdsABakedStepThatLacksATaskAndTurnsBackWithoutIt() {
    awaitGreen(1);
    JsonNode baking = call(payload(json.valueToTree(baking(3)), Sample.START.plusSeconds(110)));
    assertThat(reason(baking)).startsWith("the step at 100 % bakes 10 s more");

    JsonNode held = call(payload(baking, Sample.START.plusSeconds(130)));
    assertThat(action(held)).isEqualTo("WAIT");
    assertThat(reason(held))
        .startsWith("the step at 100 % is held: 1 of 2 targets of backend-green are healthy")
        .endsWith("missing for 20 of 300 s");

    JsonNode last = call(payload(held, Sample.START.plusSeconds(410)));
    assertThat(action(last)).isEqualTo("ROLL_BACK");
    assertThat(reason(last)).endsWith("missing for 300 of 300 s");
  }

  /** As it is after a first look. */
  private Deployment baking(int step) {
    return at(step);
  }

  @Override
  ObjectNode ordinary() {
    return payload(baking(0));
  }

  /** At every look of a check that takes its time, so that this is no event of the release. */
  @Test
  void aCheckOfTheStepComesBeforeTheNext() {
    ReleaseCheck check = new ReleaseCheck("load", 60, 25, null, new ReleaseCheck.Lambda("f"), null);
    JsonNode answer = call(payload(checkedBy(0, null, check)));
    assertThat(action(answer)).isEqualTo("CHECK");
    assertThat(answer.at("/progress/phase").asText()).isEqualTo("CHECKING");
    assertThat(answer.at("/timeline")).isEmpty();
  }

  @Test
  void advancesAfterTheBake() {
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("ADVANCE");
    assertThat(reason(answer))
        .isEqualTo(
            "the step at 25 % baked 3600 s with 3 alarms and counts OK;"
                + " too few requests to say whether the new version is worse");
    assertThat(changes()).isEmpty();
  }

  @Test
  void asksAfterTheLastStep() {
    assertThat(action(call(payload(baking(3))))).isEqualTo("ASK");
  }

  @Test
  void waitsWhileTheStepBakes() {
    JsonNode answer = call(payload(json.valueToTree(baking(0)), Sample.START.plusSeconds(110)));
    assertThat(action(answer)).isEqualTo("WAIT");
    assertThat(waitSeconds(answer)).isEqualTo(10);
  }

  @Test
  void countsTheBakeFromTheWeightsAndNotFromTheFirstTryToWriteThem() {
    Deployment shifted = at(0).with(at(0).progress().in(Phase.SHIFTED));
    JsonNode answer = call(payload(json.valueToTree(shifted), Sample.START.plusSeconds(130)));
    assertThat(reason(answer)).startsWith("the step at 25 % bakes 100 s more");
    assertThat(answer.at("/progress/since").asText()).isEqualTo("2026-01-31T12:01:50Z");
    assertThat(answer.at("/progress/comparison/bakes/0/from").asText())
        .isEqualTo(answer.at("/progress/since").asText());
    assertThat(answer.at("/progress/comparison/bakes/0/to").asText())
        .isEqualTo(Sample.START.plusSeconds(130).toString());
  }

  @Test
  void turnsBackWhenAnAlarmFires() {
    Await.until("the alarm is held in ALARM for one call", this::turnsBackOnTheAlarm);
  }

  private boolean turnsBackOnTheAlarm() {
    aws.cloudWatch()
        .setAlarmState(
            r ->
                r.alarmName("backend-green-5xx").stateValue(StateValue.ALARM).stateReason("drill"));
    JsonNode answer = call(ordinary());
    return action(answer).equals("ROLL_BACK")
        && reason(answer).equals("at the step at 25 %: backend-green-5xx is ALARM: drill");
  }

  @Test
  void turnsBackWhenANamedAlarmIsGone() {
    JsonNode answer = call(payload(at(0, release("basket"))));
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).isEqualTo("CloudWatch does not know the alarm basket");
  }

  @Test
  void goesBackAsAPersonSays() {
    command(Command.ROLLBACK);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).isEqualTo("rollback by arn:aws:iam::123456789012:user/ann: slow");
    assertThat(answer.at("/commands/taken").asText()).isEqualTo("c-1");
  }

  @Test
  void aPauseHoldsABakedStepUntilItIsContinued() {
    command(Command.PAUSE);
    JsonNode held = call(ordinary());
    assertThat(action(held)).isEqualTo("WAIT");
    assertThat(waitSeconds(held)).isEqualTo(20);
    assertThat(reason(held))
        .isEqualTo("the step at 25 % is paused by arn:aws:iam::123456789012:user/ann: slow");

    store(
        "deployments/run-1/command.json",
        new GivenCommand("c-2", Command.CONTINUE, null, "arn:ben", "fine", NOW));
    JsonNode going = call(payload(held, NOW.plusSeconds(15)));
    assertThat(action(going)).isEqualTo("ADVANCE");
    assertThat(going.at("/commands/pausedSeconds").asInt()).isEqualTo(15);
  }

  /** Whoever has ended the pause in time is heard, and the look may come late. */
  @ParameterizedTest
  @CsvSource({"CONTINUE, ADVANCE, 3600", "PROMOTE, ADVANCE, 3605", "ROLLBACK, ROLL_BACK, 3600"})
  void whatIsSaidBeforeAPauseEndsIsHeardAtItsEnd(Command command, String action, int seconds) {
    command(Command.PAUSE);
    JsonNode held = call(ordinary());
    store(
        "deployments/run-1/command.json",
        new GivenCommand("c-2", command, 25, "arn:ben", "fine", NOW.plusSeconds(3595)));
    JsonNode ended = call(payload(held, NOW.plusSeconds(seconds)));
    assertThat(action(ended)).as(reason(ended)).isEqualTo(action);
    assertThat(ended.at("/commands/taken").asText()).isEqualTo("c-2");
    assertThat(reason(ended)).doesNotContain("nobody has continued it");
  }

  /** The bake was over long before the pause, so its deadlines would have passed, too. */
  @Test
  void aTargetThatIsMissingAfterAPauseIsWaitedFor() {
    command(Command.PAUSE);
    JsonNode held = call(ordinary());
    awaitGreen(1);
    store(
        "deployments/run-1/command.json",
        new GivenCommand("c-2", Command.PROMOTE, 25, "arn:ben", "fine", NOW));
    JsonNode going = call(payload(held, NOW.plusSeconds(3000)));
    assertThat(action(going)).as(reason(going)).isEqualTo("WAIT");
    assertThat(reason(going)).startsWith("the step at 25 % is held: 1 of 2 targets");
  }

  @Test
  void aPauseThatNobodyEndsGoesBack() {
    command(Command.PAUSE);
    JsonNode held = call(ordinary());
    JsonNode answer = call(payload(held, NOW.plusSeconds(3600)));
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer))
        .startsWith("paused by arn:aws:iam::123456789012:user/ann: slow; nobody has continued it");
  }

  @Test
  void aPromotionSkipsTheRestOfTheBake() {
    command(Command.PROMOTE);
    JsonNode answer = call(payload(json.valueToTree(baking(0)), Sample.START.plusSeconds(30)));
    assertThat(action(answer)).isEqualTo("ADVANCE");
  }

  /** Its sender had no answer and said it again, and the next step is on by now. */
  @Test
  void aPromotionOfTheStepBeforeSkipsNothing() {
    command(Command.PROMOTE);
    Deployment next = at(1);
    JsonNode answer = call(payload(json.valueToTree(next), Sample.START.plusSeconds(30)));
    assertThat(action(answer)).isEqualTo("WAIT");
    assertThat(answer.at("/timeline/0/what").asText())
        .isEqualTo(
            "promote by arn:aws:iam::123456789012:user/ann: slow; not taken up:"
                + " it was meant for 25 %, and the release is at 50 %");
  }

  /** What turns back anyway does not wait for the state bucket. */
  @Test
  void goesBackWithoutTheStateBucket() {
    awaitGreen(0);
    refuse("s3:GetObject");
    assertThat(action(call(ordinary()))).isEqualTo("ROLL_BACK");
  }

  @Test
  void doesNotGoOnWithoutKnowingTheCommands() {
    refuse("s3:GetObject");
    assertThat(fail(ordinary()).get("errorType").asText()).endsWith("TransientFailure");
  }

  @Test
  void requestsAreCountedOnceForEachMinuteThatCloudWatchShows() {
    Deployment deployment = baking(0);
    Instant noon = Sample.START;
    Deployment counted =
        deployment.with(
            deployment.progress().withCounted(Optional.of(noon), noon.plusSeconds(100)));

    JsonNode between = call(payload(json.valueToTree(counted), noon.plusSeconds(110)));
    assertThat(gateway.callCounts()).doesNotContainKey("monitoring:GetMetricData");
    assertThat(reason(between)).contains("unanswered requests of backend-green is OK");

    call(payload(between, noon.plusSeconds(160)));
    assertThat(gateway.callCounts()).containsEntry("monitoring:GetMetricData", 1L);
  }
}
