package io.crossfade.approval;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.Deployment;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** AWS Step Functions. */
@Adapter
public class SfnTaskCallbacks implements TaskCallbacks {
  private final SfnClient stepFunctions;
  private final ObjectMapper json;

  public SfnTaskCallbacks(SfnClient stepFunctions, ObjectMapper json) {
    this.stepFunctions = stepFunctions;
    this.json = json;
  }

  @Override
  public Result succeed(String token, Deployment output) {
    String document = json.valueToTree(output).toString();
    return sent(() -> stepFunctions.sendTaskSuccess(r -> r.taskToken(token).output(document)));
  }

  @Override
  public Result fail(String token, String error, String cause) {
    return sent(
        () -> stepFunctions.sendTaskFailure(r -> r.taskToken(token).error(error).cause(cause)));
  }

  private static Result sent(Supplier<?> call) {
    return AwsCalls.call(
        () -> {
          try {
            call.get();
            return Result.TAKEN;
          } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException gone) {
            return Result.GONE;
          }
        });
  }
}
