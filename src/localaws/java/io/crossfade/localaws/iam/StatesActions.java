package io.crossfade.localaws.iam;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.wire.Call;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;

/**
 * Of Step Functions. A task's answer is checked against the state machine that the task belongs to:
 * the Service Authorization Reference says {@code *}, the service names the machine when it
 * refuses.
 */
final class StatesActions {
  private StatesActions() {}

  static List<AccessRequest> of(Call call, String stateMachineArn) {
    return List.of(AccessRequest.of(call.name(), resource(call, stateMachineArn)));
  }

  private static String resource(Call call, String stateMachineArn) {
    Object request = call.request();
    if (request instanceof StartExecutionRequest start) {
      return start.stateMachineArn();
    }
    if (request instanceof StopExecutionRequest stop) {
      return stop.executionArn();
    }
    if (request instanceof DescribeExecutionRequest describe) {
      return describe.executionArn();
    }
    if (request instanceof GetExecutionHistoryRequest get) {
      return get.executionArn();
    }
    if (request instanceof ListExecutionsRequest list) {
      return list.stateMachineArn();
    }
    if (request instanceof DescribeStateMachineRequest describe) {
      return describe.stateMachineArn();
    }
    if (request instanceof CreateStateMachineRequest create) {
      return Arns.of("states", "stateMachine:" + create.name());
    }
    return switch (call.operation()) {
      case "SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat" -> stateMachineArn;
      default -> throw CallActions.unknown(call);
    };
  }
}
