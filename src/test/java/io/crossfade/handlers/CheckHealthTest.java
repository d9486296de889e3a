package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.command.Command;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class CheckHealthTest extends HandlerTest {
  CheckHealthTest() {
    super("check-health");
  }

  @Override
  ObjectNode ordinary() {
    return payload(at(-1));
  }

  private void startGreen(int tasks) {
    awaitGreen(tasks);
    Await.until("green has settled", () -> service("backend-green").runningCount() == tasks);
  }

  @Test
  void countsAPollThatPassedAndThenProceeds() {
    startGreen(2);
    Deployment deployment = at(-1);

    JsonNode first = call(payload(json.valueToTree(deployment), Sample.START.plusSeconds(15)));
    assertThat(action(first)).isEqualTo("WAIT");
    assertThat(waitSeconds(first)).isEqualTo(20);
    assertThat(first.at("/progress/passes").asInt()).isEqualTo(1);

    JsonNode second = call(payload(first, Sample.START.plusSeconds(30)));
    JsonNode third = call(payload(second, Sample.START.plusSeconds(45)));

    assertThat(action(third)).isEqualTo("HEALTHY");
    assertThat(reason(third)).startsWith("2 of 2 targets healthy");
    assertThat(changes()).isEmpty();
  }

  @Test
  void waitsForTheSecondTarget() {
    startGreen(1);
    JsonNode answer = call(payload(json.valueToTree(at(-1)), Sample.START.plusSeconds(15)));
    assertThat(action(answer)).isEqualTo("WAIT");
    assertThat(reason(answer)).startsWith("1 of 2 targets healthy");
    assertThat(answer.at("/progress/passes").asInt()).isZero();
  }

  @Test
  void turnsBackAfterTheDeadline() {
    startGreen(1);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).startsWith("not healthy after 3600 s");
  }

  @Test
  void turnsBackWhenEcsItselfPutTheServiceBack() {
    JsonNode answer = call(payload(at(-1).withTaskDefinition(secondRevision())));
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).startsWith("ECS itself put backend-green back");
  }

  @Test
  void goesBackAsAPersonSays() {
    startGreen(1);
    command(Command.ROLLBACK);
    JsonNode answer = call(payload(json.valueToTree(at(-1)), Sample.START.plusSeconds(15)));
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).isEqualTo("rollback by arn:aws:iam::123456789012:user/ann: slow");
  }

  @Test
  void aPauseBeforeThereIsTrafficIsOnTheRecordAndHoldsNothing() {
    startGreen(1);
    command(Command.PAUSE);
    JsonNode answer = call(payload(json.valueToTree(at(-1)), Sample.START.plusSeconds(15)));
    assertThat(action(answer)).isEqualTo("WAIT");
    assertThat(answer.at("/commands/pause").isNull()).isTrue();
    assertThat(answer.at("/timeline").toString())
        .contains("not taken up: the new version has no traffic yet");
  }
}
