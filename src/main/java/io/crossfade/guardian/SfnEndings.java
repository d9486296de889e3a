package io.crossfade.guardian;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.AwsCalls;
import io.crossfade.guardian.Ending.Status;
import io.crossfade.release.PermanentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** AWS Step Functions. */
@ApplicationScoped
public class SfnEndings implements Endings {
  private final SfnClient stepFunctions;
  private final ObjectMapper json;

  public SfnEndings(SfnClient stepFunctions, ObjectMapper json) {
    this.stepFunctions = stepFunctions;
    this.json = json;
  }

  @Override
  public Ending of(String executionArn) {
    DescribeExecutionResponse found =
        AwsCalls.call(() -> stepFunctions.describeExecution(r -> r.executionArn(executionArn)));
    JsonNode input = input(found.input());
    return new Ending(
        found.stateMachineArn(),
        executionArn,
        status(found.statusAsString()),
        found.error(),
        found.cause(),
        input.path("restore").textValue(),
        Math.max(0, input.path("attempt").asInt()));
  }

  private static Status status(String status) {
    return status.equals("PENDING_REDRIVE") ? Status.RUNNING : Status.valueOf(status);
  }

  private JsonNode input(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw new PermanentFailure("the execution's input cannot be read", unreadable);
    }
  }

  @Override
  public boolean start(String machine, RestoreAttempt attempt) {
    String input =
        json.createObjectNode()
            .put("restore", attempt.deployment())
            .put("attempt", attempt.number())
            .toString();
    return AwsCalls.call(
        () -> {
          try {
            stepFunctions.startExecution(
                r -> r.stateMachineArn(machine).name(attempt.name()).input(input));
            return true;
          } catch (ExecutionAlreadyExistsException started) {
            return false;
          }
        });
  }
}
