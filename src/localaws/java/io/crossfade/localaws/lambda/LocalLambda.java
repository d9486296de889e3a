package io.crossfade.localaws.lambda;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.ServiceErrors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** AWS Lambda's Invoke, of functions that belong to no stack: those of the teams. */
public final class LocalLambda implements LambdaClient {
  private static final ServiceErrors ERRORS = new ServiceErrors("lambda", LambdaException.class);

  private record Function(Map<String, String> tags, UnaryOperator<String> code) {}

  private final Map<String, Function> functions = new ConcurrentHashMap<>();

  /**
   * @param code from one JSON text to another; what it throws is a FunctionError
   */
  public void create(String name, Map<String, String> tags, UnaryOperator<String> code) {
    functions.put(name, new Function(Map.copyOf(tags), code));
  }

  /** Of a function by its ARN; none if there is no such function. */
  public Map<String, String> tags(String arn) {
    Function found = functions.get(name(arn));
    return found == null ? Map.of() : found.tags();
  }

  private static String name(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1);
  }

  /** A function that throws is an answer with status 200, which tells of it in a header alone. */
  @Override
  public InvokeResponse invoke(InvokeRequest request) {
    Function found = functions.get(name(request.functionName()));
    if (found == null) {
      throw ERRORS.modeled(
          404,
          "ResourceNotFoundException",
          "Function not found: " + Arns.of("lambda", "function:" + name(request.functionName())));
    }
    String payload = request.payload() == null ? "{}" : request.payload().asUtf8String();
    InvokeResponse.Builder answer =
        InvokeResponse.builder().statusCode(200).executedVersion("$LATEST");
    try {
      return answer.payload(SdkBytes.fromUtf8String(found.code().apply(payload))).build();
    } catch (RuntimeException thrown) {
      return answer
          .functionError("Unhandled")
          .payload(
              SdkBytes.fromUtf8String(
                  "{\"errorMessage\": \"%s\", \"errorType\": \"Error\"}"
                      .formatted(thrown.getMessage())))
          .build();
    }
  }

  @Override
  public String serviceName() {
    return "lambda";
  }

  @Override
  public void close() {}
}
