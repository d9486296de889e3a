package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.elb.WeightChange;
import io.crossfade.site.BookingSite;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class ResolveTargetGroupTest extends HandlerTest {
  ResolveTargetGroupTest() {
    super("resolve-target-group");
  }

  @Override
  ObjectNode ordinary() {
    return payload(at(-1));
  }

  @Test
  void putsTheCanaryGroupIntoTheRuleAtZero() {
    aws.elb()
        .modifyRule(
            r ->
                r.ruleArn(backend.ruleArn())
                    .actions(BookingSite.forward(Map.of(backend.blueGroupArn(), 1))));

    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("ATTACHED");
    List<WeightChange> written = aws.elb().weightChanges(backend.ruleArn());
    assertThat(written.get(written.size() - 1).weights())
        .isEqualTo(Map.of(backend.blueGroupArn(), 100, backend.greenGroupArn(), 0));
  }

  @Test
  void aGroupThatIsThereIsLeftAlone() {
    assertThat(action(call(ordinary()))).isEqualTo("ATTACHED");
    assertThat(changes()).isEmpty();
  }

  @Test
  void turnsBackWhenSomeoneElseMovedTheTraffic() {
    weights(90, 10);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).contains("it shows 90 % stable, 10 % canary");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aRuleThatIsGoneIsAnErrorByItsClassName() {
    aws.elb().deleteRule(r -> r.ruleArn(backend.ruleArn()));
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText()).contains("RuleNotFound");
  }

  @Test
  void touchesNothingWithoutTheLock() {
    failsWithoutTheLock();
  }
}
