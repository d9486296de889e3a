package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.release.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CheckDrainTest.CheckDrain.class)
class CheckDrainTest extends HandlerTest {
  public static final class CheckDrain extends Function {
    public CheckDrain() {
      super("check-drain");
    }
  }

  @Override
  ObjectNode ordinary() {
    weights(0, 100);
    return payload(at(3));
  }

  @Test
  void proceedsOnceTheOldGroupIsQuiet() {
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("PROCEED");
    assertThat(reason(answer)).startsWith("the old group got no request for ");
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
}
