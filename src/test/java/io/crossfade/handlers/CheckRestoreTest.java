package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class CheckRestoreTest extends HandlerTest {
  CheckRestoreTest() {
    super("check-restore");
  }

  private static final Restoration BEGUN =
      new Restoration("an alarm fired", NOW.minusSeconds(60), NOW.minusSeconds(60));

  @Override
  ObjectNode ordinary() {
    return payload(at(1).with(BEGUN));
  }

  @Test
  void everythingIsAsItWas() {
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("RESTORED");
    assertThat(reason(answer)).isEqualTo("an alarm fired");
    assertThat(changes()).isEmpty();
  }

  @Test
  void onceMoreWhileSomethingDiffers() {
    weights(50, 50);
    assertThat(action(call(ordinary()))).isEqualTo("ROLL_BACK");
  }

  @Test
  void onceMoreWhileTheTestRuleDiffers() {
    ObjectNode payload = tested(ordinary());
    assertThat(action(call(payload))).isEqualTo("RESTORED");
    testWeights(0, 100);
    assertThat(action(call(payload))).isEqualTo("ROLL_BACK");
  }

  @Test
  void callsAPersonAfterTheDeadline() {
    scale("backend-green", 2);
    Restoration late = new Restoration("an alarm fired", Sample.START, Sample.START);
    JsonNode answer = call(payload(at(1).with(late)));
    assertThat(action(answer)).isEqualTo("INCOMPLETE");
    assertThat(reason(answer))
        .isEqualTo(
            "an alarm fired; not restored after 3600 s:"
                + " backend-green's desired count was 0, is 2");
  }

  @Test
  void tellsWhatARestoreThatFailedHasLeft() {
    scale("backend-green", 2);
    assertThat(reason(call(failed())))
        .isEqualTo("ECS is away; not restored: backend-green's desired count was 0, is 2");
  }

  @Test
  void tellsThatARestoreThatFailedHasLeftNothing() {
    JsonNode answer = call(failed());
    assertThat(action(answer)).isEqualTo("INCOMPLETE");
    assertThat(reason(answer)).isEqualTo("ECS is away; nothing differs from the snapshot");
  }

  /** What the state machine makes of it, before anything was begun. */
  private ObjectNode failed() {
    ObjectNode payload = payload(at(1)).put("restoreFailed", true);
    ((ObjectNode) payload.get("document"))
        .putObject("error")
        .put("Error", "x")
        .put("Cause", "{\"errorMessage\":\"ECS is away\",\"errorType\":\"x\"}");
    return payload;
  }

  @Test
  void callsAPersonAtOnceWithoutTheLock() {
    loseTheLock();
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("INCOMPLETE");
    assertThat(reason(answer))
        .startsWith(
            "an alarm fired; run-1 no longer holds the lock of its rule: it is held by run-2")
        .endsWith("; nothing more was touched");
  }
}
