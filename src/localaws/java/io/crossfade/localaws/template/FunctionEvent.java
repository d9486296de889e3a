package io.crossfade.localaws.template;

/** The function events that are emulated, by type. */
public sealed interface FunctionEvent permits EventRule, EventSchedule {
  /** The name under which the function lists it. */
  String logicalId();
}
