package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.command.Command;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class CheckDrainTest extends HandlerTest {
  CheckDrainTest() {
    super("check-drain");
  }

  @Override
  ObjectNode ordinary() {
    weights(0, 100);
    return payload(at(3));
  }

  /** The new version carries the traffic, and its alarms have been evaluated. */
  @BeforeEach
  void greenIsThere() {
    awaitGreen(2);
  }

  @Test
  void waitsForATaskThatTheNewVersionLostAndTurnsBackWithoutIt() {
    weights(0, 100);
    awaitGreen(1);
    JsonNode first = call(payload(at(3)));
    assertThat(action(first)).isEqualTo("WAIT");
    assertThat(reason(first)).startsWith("1 of 2 targets of backend-green are healthy");

    JsonNode last = call(payload(first, NOW.plusSeconds(300)));
    assertThat(action(last)).isEqualTo("ROLL_BACK");
    assertThat(reason(last)).endsWith("missing for 300 of 300 s");
  }

  @Test
  void turnsBackWhenAnAlarmFiresWhileTheOldVersionIsStillThere() {
    weights(0, 100);
    aws.cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName("heartbeat")
                    .namespace("Story")
                    .metricName("heartbeat")
                    .statistic("Sum")
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator("LessThanThreshold")
                    .treatMissingData("breaching"));
    Await.until(
        "the heartbeat is missed",
        () ->
            aws.cloudWatch()
                .describeAlarms(r -> r.alarmNames("heartbeat"))
                .metricAlarms()
                .get(0)
                .stateValueAsString()
                .equals("ALARM"));
    JsonNode answer = call(payload(at(3, release("heartbeat"))));
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).contains("heartbeat is ALARM");
  }

  @Test
  void turnsBackWhenSomeoneElseWroteTheTestRule() {
    ObjectNode payload = tested(ordinary());
    testWeights(100, 0);
    JsonNode answer = call(payload);
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).startsWith("someone else changed the test rule");
    testWeights(0, 100);
    assertThat(action(call(payload))).isEqualTo("DRAINED");
  }

  @Test
  void proceedsOnceTheOldGroupIsQuiet() {
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("DRAINED");
    assertThat(reason(answer)).startsWith("the stable group got no request for ");
    assertThat(changes()).isEmpty();
  }

  @Test
  void waitsForTheWeightsToSettle() {
    weights(0, 100);
    JsonNode answer = call(payload(json.valueToTree(at(3)), Sample.START.plusSeconds(10)));
    assertThat(action(answer)).isEqualTo("WAIT");
    assertThat(waitSeconds(answer)).isEqualTo(20);
  }

  @Test
  void turnsBackWhenSomeoneElseWroteTheRule() {
    JsonNode answer = call(payload(at(3)));
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).contains("someone else changed the rule");
  }

  @Test
  void goesBackAsAPersonSays() {
    command(Command.ROLLBACK);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).isEqualTo("rollback by arn:aws:iam::123456789012:user/ann: slow");
    assertThat(answer.at("/commands/taken").asText()).isEqualTo("c-1");
  }
}
