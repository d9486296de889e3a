package io.crossfade.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.Deployment;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.TransientFailure;
import java.time.Duration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Functions by Lambda's Invoke. One that throws answers with HTTP 200 and the field FunctionError
 * (Lambda API reference, Invoke): it could not tell, and is asked again.
 */
@Adapter
public class LambdaFunctionChecks implements FunctionChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 65_536;

  private final LambdaClient lambda;
  private final ObjectMapper json;

  public LambdaFunctionChecks(LambdaClient lambda, ObjectMapper json) {
    this.lambda = lambda;
    this.json = json;
  }

  @Override
  public CheckResult invoke(Deployment deployment, ReleaseCheck check, TestEndpoint endpoint) {
    String function = check.lambda().function();
    SdkBytes payload = SdkBytes.fromUtf8String(payload(deployment, check, endpoint).toString());
    InvokeResponse answer =
        AwsCalls.call(
            () ->
                lambda.invoke(
                    r ->
                        r.functionName(function)
                            .payload(payload)
                            .overrideConfiguration(
                                o -> o.apiCallAttemptTimeout(PATIENCE).apiCallTimeout(PATIENCE))));
    JsonNode said = read(answer.payload());
    if (answer.functionError() != null) {
      throw new TransientFailure(
          "%s threw an error: %s".formatted(function, said.path("errorMessage").asText()));
    }
    String reason = said.path("reason").asText("no reason given");
    return switch (said.path("result").asText()) {
      case "pass" -> CheckResult.passed(reason);
      case "fail" -> CheckResult.failed(reason);
      case "not-yet" -> CheckResult.notYet(reason);
      default ->
          CheckResult.failed(
              "%s answered %s, expected {\"result\": \"pass\", \"fail\" or \"not-yet\", \"reason\": \"…\"}"
                  .formatted(function, said));
    };
  }

  private ObjectNode payload(Deployment deployment, ReleaseCheck check, TestEndpoint endpoint) {
    ObjectNode payload =
        json.createObjectNode()
            .put("deployment", deployment.id())
            .put("check", check.name())
            .put("image", deployment.release().imageUri())
            .put("weight", deployment.progress().weights().canary());
    if (endpoint != null) {
      payload.put("testUrl", endpoint.url()).put("server", endpoint.server());
      ObjectNode headers = payload.putObject("headers");
      endpoint.headers().forEach(headers::put);
    }
    return payload;
  }

  /** An answer that is no JSON, or too long, is none that is understood. */
  private JsonNode read(SdkBytes answer) {
    try {
      return answer == null || answer.asByteArrayUnsafe().length > MAX_BYTES
          ? json.missingNode()
          : json.readTree(answer.asUtf8String());
    } catch (JsonProcessingException | java.io.UncheckedIOException notJson) {
      return json.missingNode();
    }
  }
}
