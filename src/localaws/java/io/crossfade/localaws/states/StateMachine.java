package io.crossfade.localaws.states;

import java.time.Instant;

/** A state machine as it was created. */
record StateMachine(
    String arn, String name, String roleArn, String text, Definition definition, Instant created) {

  /** The ARN of an execution of this machine. */
  String executionArn(String execution) {
    return arn.replace(":stateMachine:", ":execution:") + ":" + execution;
  }
}
