package io.crossfade.command;

import io.crossfade.release.Deployment;
import java.util.Arrays;
import java.util.Set;

/** Where a release is, as far as commands tell apart. */
public enum CommandStage {
  /** PLANNING means that nothing was changed yet. */
  PLANNING("Start", "Plan", "DecidePlan"),
  /** STARTING means that the new version has no traffic yet. */
  STARTING(
      "RegisterTaskDefinition",
      "ResolveTargetGroup",
      "DecideTargetGroup",
      "ScaleOut",
      "WaitForHealth",
      "CheckHealth",
      "DecideHealth",
      "ShiftTestTraffic",
      "DecideTestTraffic",
      "WaitForCapacity"),
  /** BAKING means that a step is watched, or that the next weight is being written. */
  BAKING("ShiftTraffic", "DecideShift", "Bake", "CheckAlarms", "DecideAlarms"),
  /** PAUSED means the same, and that a person holds it there. */
  PAUSED,
  /** ASKING means that a person is asked in Slack. */
  ASKING("RequestApproval"),
  /** DRAINING means that the old version goes once it gets no requests. */
  DRAINING("Drain", "CheckDrain", "DecideDrain"),
  /** SCALING_IN means that the old version is going. */
  SCALING_IN("ScaleIn", "WarnOfScaleIn", "NotifyReleasedWithWarning", "NotifyReleased"),
  /** ROLLING_BACK means that everything is being put back. */
  ROLLING_BACK(
      "BeginRestore",
      "DecideBeginRestore",
      "Rollback",
      "WaitForRestore",
      "CheckRestore",
      "DecideRestore",
      "ExplainRestore"),
  /** OVER means that it has ended. Any state that no other stage has is of this one. */
  OVER;

  private final Set<String> states;

  CommandStage(String... states) {
    this.states = Set.of(states);
  }

  /** The states of the state machine in which a release is there. */
  Set<String> states() {
    return states;
  }

  /**
   * The stage that a state belongs to, as far as its name tells.
   *
   * @param state empty before the first
   */
  static CommandStage of(String state) {
    if (state.isEmpty()) {
      return PLANNING;
    }
    return Arrays.stream(values())
        .filter(stage -> stage.states.contains(state))
        .findFirst()
        .orElse(OVER);
  }

  /**
   * The stage of a planned release that has not ended, as its document tells. The execution may be
   * further already.
   */
  public static CommandStage of(Deployment deployment) {
    if (deployment.restoration() != null) {
      return ROLLING_BACK;
    }
    return switch (deployment.progress().phase()) {
      case PLANNED -> PLANNING;
      case SCALED_OUT -> STARTING;
      case SHIFTED, BAKING -> BAKING.in(deployment);
      case AWAITING_APPROVAL -> ASKING;
      case DRAINING -> DRAINING;
    };
  }

  /** Of those that watch a step, which one the document tells. */
  CommandStage in(Deployment deployment) {
    if (this != BAKING) {
      return this;
    }
    if (deployment.progress().step() < 0) {
      return STARTING;
    }
    return deployment.commands().pause() == null ? BAKING : PAUSED;
  }
}
