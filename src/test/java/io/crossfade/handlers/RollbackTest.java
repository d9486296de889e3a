package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import io.crossfade.release.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RollbackTest.Rollback.class)
class RollbackTest extends HandlerTest {
  public static final class Rollback extends Function {
    public Rollback() {
      super("rollback");
    }
  }

  @Override
  ObjectNode ordinary() {
    weights(50, 50);
    return payload(at(1).with(Verdict.of(Verdict.Action.ROLL_BACK, "an alarm fired")));
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
    gateway.reset();

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
