package io.crossfade.localaws.faults;

/**
 * A call that was made.
 *
 * @param ordinal 1 for the first call of all
 * @param function its caller's logical id, or the access key of a caller that is no function
 * @param state in which the execution was; null if none or more than one execution ran
 * @param nth 1 for the first call of this operation by this function
 * @param request the SDK's own request object
 */
public record RecordedCall(
    int ordinal,
    String function,
    String service,
    String operation,
    String state,
    int nth,
    Object request) {
  /** "ecs:UpdateService". */
  public String name() {
    return service + ":" + operation;
  }

  /** The rule that does this to the same call of another run. */
  public FaultRule fault(Fault fault) {
    return FaultRule.of(fault, name()).by(function).nth(nth);
  }
}
