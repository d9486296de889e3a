package io.crossfade.lock;

import io.crossfade.aws.AwsCalls;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** AWS Step Functions. */
@ApplicationScoped
public class SfnExecutions implements Executions {
  private final SfnClient stepFunctions;

  public SfnExecutions(SfnClient stepFunctions) {
    this.stepFunctions = stepFunctions;
  }

  @Override
  public Status of(String executionArn) {
    return AwsCalls.call(
        () -> {
          try {
            return status(
                stepFunctions
                    .describeExecution(r -> r.executionArn(executionArn))
                    .statusAsString());
          } catch (ExecutionDoesNotExistException unknown) {
            return Status.UNKNOWN;
          }
        });
  }

  private static Status status(String status) {
    return switch (status) {
      case "RUNNING", "PENDING_REDRIVE" -> Status.RUNNING;
      case "SUCCEEDED" -> Status.SUCCEEDED;
      case "FAILED", "TIMED_OUT", "ABORTED" -> Status.ENDED_BADLY;
      default -> Status.UNKNOWN;
    };
  }
}
