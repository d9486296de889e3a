package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.architecture.StateMachine;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DisplayedStateTest {
  /** A loop is shown as one state; every other task, pass and end is shown under its own name. */
  private static final Map<String, String> LOOPS =
      Map.ofEntries(
          Map.entry("WaitForHealth", "WaitForHealth"),
          Map.entry("CheckHealth", "WaitForHealth"),
          Map.entry("WaitForChecks", "RunChecks"),
          Map.entry("WaitForCapacity", "ShiftTraffic"),
          Map.entry("Bake", "Bake"),
          Map.entry("CheckAlarms", "Bake"),
          Map.entry("Drain", "Drain"),
          Map.entry("CheckDrain", "Drain"),
          Map.entry("Rollback", "Rollback"),
          Map.entry("WaitForRestore", "Rollback"),
          Map.entry("CheckRestore", "Rollback"));

  private static final Set<String> UNDER_THEIR_OWN_NAME =
      Set.of(
          "Start",
          "Plan",
          "RefuseByError",
          "BeginRestore",
          "FailToBeginRestore",
          "RegisterTaskDefinition",
          "ResolveTargetGroup",
          "ScaleOut",
          "ShiftTestTraffic",
          "RunChecks",
          "ShiftTraffic",
          "RequestApproval",
          "ScaleIn",
          "WarnOfScaleIn",
          "NotifyReleased",
          "NotifyReleasedWithWarning",
          "FailRestore",
          "ExplainRestore",
          "NotifyRefused",
          "NotifyRolledBack",
          "NotifyRestoreIncomplete",
          "Released",
          "Planned",
          "Refused",
          "RolledBack",
          "RestoreIncomplete");

  @Test
  void everyStateIsShownAsItself() {
    Map<String, String> shown = new TreeMap<>();
    StateMachine.names().forEach(state -> shown.put(state, DisplayedState.of(state, "before")));
    Map<String, String> expected = new TreeMap<>(LOOPS);
    UNDER_THEIR_OWN_NAME.forEach(state -> expected.put(state, state));
    Set<String> choices = new TreeSet<>(StateMachine.ofType("Choice"));
    choices.remove("Start");
    choices.forEach(choice -> expected.put(choice, "before"));
    assertThat(shown).isEqualTo(expected);
  }
}
