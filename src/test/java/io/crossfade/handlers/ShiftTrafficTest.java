package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    assertThat(waitSeconds(answer)).isEqualTo(15);
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
  void turnsBackWhenTheReceiverLostATask() {
    awaitGreen(1);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).startsWith("1 of 2 targets of backend-green are healthy");
  }

  @Test
  void touchesNothingWithoutTheLock() {
    failsWithoutTheLock();
  }
}
