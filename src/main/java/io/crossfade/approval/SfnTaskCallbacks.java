package io.crossfade.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** AWS Step Functions. */
@ApplicationScoped
public class SfnTaskCallbacks implements TaskCallbacks {
  private final SfnClient stepFunctions;
  private final ObjectMapper json;

  public SfnTaskCallbacks(SfnClient stepFunctions, ObjectMapper json) {
    this.stepFunctions = stepFunctions;
    this.json = json;
  }

  @Override
  public Answer succeed(String token, Deployment output) {
    String document = document(output);
    return sent(() -> stepFunctions.sendTaskSuccess(r -> r.taskToken(token).output(document)));
  }

  @Override
  public Answer fail(String token, String error, String cause) {
    return sent(
        () -> stepFunctions.sendTaskFailure(r -> r.taskToken(token).error(error).cause(cause)));
  }

  private static Answer sent(Supplier<?> call) {
    return AwsCalls.call(
        () -> {
          try {
            call.get();
            return Answer.TAKEN;
          } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException gone) {
            return Answer.GONE;
          }
        });
  }

  private String document(Deployment deployment) {
    try {
      return json.writeValueAsString(deployment);
    } catch (JsonProcessingException unwritable) {
      throw new PermanentFailure("the deployment document cannot be written", unwritable);
    }
  }
}
