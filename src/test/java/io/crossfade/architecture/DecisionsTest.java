package io.crossfade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.check.CheckPolicy;
import io.crossfade.fleet.HealthPolicy;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.rollback.RestorePolicy;
import io.crossfade.traffic.Drain;
import io.crossfade.traffic.GroupAttachment;
import io.crossfade.traffic.Shift;
import io.crossfade.traffic.TestTraffic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every choice of the state machine knows exactly the actions of the policy that decides there. */
class DecisionsTest {
  /**
   * Which policy decides in which choice, and which of its actions are left to the choice's {@code
   * Default}, so that an action that nobody knows leads there, too.
   */
  private static final Map<String, Policy> POLICIES =
      new TreeMap<>(
          Map.of(
              "DecidePlan",
              policy(privateActions("io.crossfade.plan.Plan$Action"), Deployment.Refusal.REFUSE),
              "DecideBeginRestore",
              policy(
                  privateActions("io.crossfade.rollback.RestoreRequestPolicy$Action"),
                  Deployment.Refusal.REFUSE),
              "DecideTargetGroup",
              policy(GroupAttachment.Action.values(), GroupAttachment.Action.ROLL_BACK),
              "DecideHealth",
              policy(HealthPolicy.Action.values(), HealthPolicy.Action.ROLL_BACK),
              "DecideTestTraffic",
              policy(TestTraffic.Action.values(), TestTraffic.Action.ROLL_BACK),
              "DecideChecks",
              policy(CheckPolicy.Action.values(), CheckPolicy.Action.ROLL_BACK),
              "DecideShift",
              policy(Shift.Action.values(), Shift.Action.ROLL_BACK),
              "DecideAlarms",
              policy(AlarmPolicy.Action.values(), AlarmPolicy.Action.ROLL_BACK),
              "DecideDrain",
              policy(Drain.Action.values(), Drain.Action.ROLL_BACK),
              "DecideRestore",
              policy(RestorePolicy.Action.values(), RestorePolicy.Action.ROLL_BACK)));

  /** The names of all actions of a policy, and of that one which a choice leaves to Default. */
  private record Policy(Set<String> actions, String byDefault) {
    Set<String> compared() {
      Set<String> compared = new TreeSet<>(actions);
      compared.remove(byDefault);
      return compared;
    }
  }

  private static Policy policy(Decision.Action[] actions, Decision.Action byDefault) {
    return new Policy(
        Arrays.stream(actions).map(Decision.Action::name).collect(Collectors.toSet()),
        byDefault.name());
  }

  /** Of a policy that its package keeps to itself. */
  private static Decision.Action[] privateActions(String type) {
    try {
      return (Decision.Action[]) Class.forName(type).getEnumConstants();
    } catch (ClassNotFoundException renamed) {
      throw new IllegalStateException(renamed);
    }
  }

  static Set<String> choices() {
    return POLICIES.keySet();
  }

  @ParameterizedTest
  @MethodSource("choices")
  void aChoiceComparesEveryActionButTheOneOfItsDefault(String choice) {
    JsonNode state = StateMachine.state(choice);
    assertThat(state.findValuesAsText("StringEquals"))
        .containsExactlyInAnyOrderElementsOf(POLICIES.get(choice).compared());
    assertThat(state.findValuesAsText("Variable")).containsOnly("$.verdict.action");
    assertThat(state.path("Default").asText()).isIn("Rollback", "NotifyRefused");
  }

  @Test
  void everyChoiceButTheStartHasItsPolicy() {
    Set<String> choices = StateMachine.ofType("Choice");
    choices.remove("Start");
    assertThat(choices).containsExactlyInAnyOrderElementsOf(POLICIES.keySet());
  }

  /**
   * A Pass after a Catch says so, so that nobody has to recognise its reason. The reason holds the
   * error, which is all that is told where the notification fails, too.
   */
  @Test
  void whereOnlyTheErrorKnowsTheMachineSaysSo() {
    List<JsonNode> written =
        StateMachine.ofType("Pass").stream()
            .map(name -> StateMachine.state(name).path("Parameters"))
            .map(parameters -> parameters.has("verdict") ? parameters.path("verdict") : parameters)
            .toList();
    assertThat(written)
        .hasSize(4)
        .allSatisfy(
            verdict -> {
              assertThat(verdict.path("caught").asBoolean()).isTrue();
              assertThat(verdict.path("reason.$").asText())
                  .matches("States\\.JsonToString\\(\\$(\\.error)?\\)");
              assertThat(verdict.path("action").asText()).isIn("REFUSE", "INCOMPLETE", "FINISH");
            });
  }
}
