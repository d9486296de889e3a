package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.command.Command;
import io.crossfade.release.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class ShiftTrafficTest extends HandlerTest {
  ShiftTrafficTest() {
    super("shift-traffic");
  }

  @BeforeEach
  void startGreen() {
    awaitGreen(2);
  }

  @Override
  ObjectNode ordinary() {
    return payload(at(-1));
  }

  @Test
  void writesTheNextWeight() {
    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("SHIFTED");
    assertThat(reason(answer))
        .isEqualTo("backend-green gets 25 % of the traffic, backend-blue 75 %");
    assertThat(waitSeconds(answer)).isEqualTo(20);
    assertThat(answer.at("/progress/step").asInt()).isZero();
    assertThat(answer.at("/progress/since").asText()).isEqualTo(NOW.toString());
    assertThat(shares()).containsExactly(0, 25);
  }

  @Test
  void aRetryAfterTheWriteFindsItDone() {
    weights(75, 25);
    assertThat(action(call(ordinary()))).isEqualTo("SHIFTED");
    assertThat(changes()).isEmpty();
  }

  @Test
  void turnsBackWhenSomeoneElseWroteTheRule() {
    weights(60, 40);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).contains("someone else changed the rule");
    assertThat(changes()).isEmpty();
  }

  @Test
  void waitsForATaskThatTheReceiverLostAndTurnsBackWithoutIt() {
    awaitGreen(1);
    JsonNode first = call(ordinary());
    assertThat(action(first)).isEqualTo("WAIT");
    assertThat(reason(first)).startsWith("1 of 2 targets of backend-green are healthy");
    assertThat(waitSeconds(first)).isEqualTo(20);
    assertThat(first.at("/progress/shortSince").asText()).isEqualTo(NOW.toString());

    JsonNode second = call(payload(first, NOW.plusSeconds(15)));
    assertThat(action(second)).isEqualTo("WAIT");
    assertThat(second.at("/progress/shortSince").asText()).isEqualTo(NOW.toString());

    JsonNode last = call(payload(second, NOW.plusSeconds(300)));
    assertThat(action(last)).isEqualTo("ROLL_BACK");
    assertThat(reason(last)).endsWith("missing for 300 of 300 s");
    assertThat(changes()).isEmpty();
  }

  @Test
  void forgetsWhatWasMissingOnceItIsBack() {
    Deployment missed = at(-1).with(at(-1).progress().withShortSince(NOW.minusSeconds(400)));
    JsonNode answer = call(payload(missed));
    assertThat(action(answer)).isEqualTo("SHIFTED");
    assertThat(answer.at("/progress/shortSince").isNull()).isTrue();
  }

  @Test
  void withTrafficTheAlarmsAreWatchedWhileATaskIsMissing() {
    weights(75, 25);
    awaitGreen(1);
    JsonNode answer = call(payload(at(0)));
    assertThat(action(answer)).isEqualTo("KEEP_BAKING");
    assertThat(answer.at("/progress/phase").asText()).isEqualTo("BAKING");
    assertThat(answer.at("/progress/step").asInt()).isZero();
  }

  /** Its state machine knows no waiting. */
  @Test
  void aReleaseThatAnOlderVersionBeganTurnsBackAtOnce() {
    awaitGreen(1);
    ObjectNode payload = ordinary();
    ((ObjectNode) payload.at("/document/release/health")).remove("recoverySeconds");
    ((ObjectNode) payload.at("/document/progress")).remove("shortSince");
    assertThat(action(call(payload))).isEqualTo("ROLL_BACK");
  }

  private ObjectNode testFirst() {
    return tested(ordinary()).put("testTraffic", true);
  }

  @Test
  void theTestRuleComesBeforeUsers() {
    JsonNode answer = call(testFirst());

    assertThat(action(answer)).isEqualTo("SHIFTED");
    assertThat(reason(answer))
        .isEqualTo("the test rule leads to backend-green, and no user does yet");
    assertThat(answer.at("/progress/step").asInt()).isEqualTo(-1);
    assertThat(shares(testRule)).containsExactly(0, 100);
    assertThat(shares()).containsExactly(0);
  }

  /** An alarm that test requests make fire is no alarm for lack of requests. */
  @Test
  void theNewVersionHasTrafficFromTheTestRuleOn() {
    JsonNode tested = call(testFirst());
    assertThat(tested.at("/progress/trafficSince").asText()).isEqualTo(NOW.toString());

    JsonNode shifted = call(payload(tested, NOW.plusSeconds(60)));

    assertThat(shifted.at("/progress/trafficSince").asText()).isEqualTo(NOW.toString());
    assertThat(shifted.at("/progress/since").asText()).isEqualTo(NOW.plusSeconds(60).toString());
  }

  @Test
  void aRetryAfterTheTestRuleWasWrittenFindsItDone() {
    ObjectNode payload = testFirst();
    testWeights(0, 100);
    assertThat(action(call(payload))).isEqualTo("SHIFTED");
    assertThat(changes()).isEmpty();
  }

  @Test
  void turnsBackWhenSomeoneElseWroteTheTestRule() {
    ObjectNode payload = testFirst();
    testWeights(60, 40);
    JsonNode answer = call(payload);
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer))
        .startsWith("someone else changed the test rule: it shows forward to");
    assertThat(changes()).isEmpty();
  }

  @Test
  void theTestRuleIsNotTouchedWithoutTheLock() {
    ObjectNode payload = testFirst();
    loseTheLock();
    forgetCalls();
    assertThat(fail(payload).get("errorType").asText())
        .isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(changes()).isEmpty();
  }

  @Test
  void noUserFollowsWhereTheTestRuleLeadsElsewhere() {
    JsonNode answer = call(tested(ordinary()));
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).startsWith("someone else changed the test rule");
    testWeights(0, 100);
    assertThat(action(call(payload(answer, NOW)))).isEqualTo("SHIFTED");
  }

  @Test
  void touchesNothingWithoutTheLock() {
    failsWithoutTheLock();
  }

  @Test
  void goesBackAsAPersonSaysWhileATaskIsWaitedFor() {
    awaitGreen(1);
    command(Command.ROLLBACK);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).isEqualTo("rollback by arn:aws:iam::123456789012:user/ann: slow");
    assertThat(changes()).isEmpty();
  }

  /** The looks before and after it do. */
  @Test
  void asksForTheLockAndForNothingElseWhenItWrites() {
    call(ordinary());
    assertThat(gateway.callCounts()).containsEntry("s3:GetObject", 1L);
  }
}
