package io.crossfade.localaws.template;

/** What calls a function besides the state machine, by the type of the event. */
public sealed interface FunctionEvent permits EventRule {
  /** The name under which the function lists it. */
  String logicalId();
}
