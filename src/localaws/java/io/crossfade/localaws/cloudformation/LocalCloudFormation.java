package io.crossfade.localaws.cloudformation;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.SdkMembers;
import io.crossfade.localaws.sdk.ServiceErrors;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** The stacks of the account, each with its parameters and outputs. */
public final class LocalCloudFormation implements CloudFormationClient {
  private static final ServiceErrors ERRORS =
      new ServiceErrors("cloudformation", CloudFormationException.class);

  private final Map<String, Stack> stacks = new ConcurrentHashMap<>();

  /** Has a stack of that name from now on, instead of an earlier one. */
  public void put(
      String name, Instant created, Map<String, String> parameters, Map<String, String> outputs) {
    stacks.put(
        name,
        Stack.builder()
            .stackName(name)
            .stackId(Arns.of("cloudformation", "stack/%s/%s".formatted(name, UUID.randomUUID())))
            .creationTime(created)
            .stackStatus(StackStatus.CREATE_COMPLETE)
            .parameters(
                parameters.entrySet().stream()
                    .map(
                        p ->
                            Parameter.builder()
                                .parameterKey(p.getKey())
                                .parameterValue(p.getValue())
                                .build())
                    .toList())
            .outputs(
                outputs.entrySet().stream()
                    .map(
                        o ->
                            Output.builder()
                                .outputKey(o.getKey())
                                .outputValue(o.getValue())
                                .build())
                    .toList())
            .build());
  }

  /** One that does not exist is an error; without a name, all are described. */
  @Override
  public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
    SdkMembers.requireOnly(request, "StackName");
    String asked = request.stackName();
    List<Stack> found =
        stacks.values().stream()
            .filter(s -> asked == null || asked.equals(s.stackName()) || asked.equals(s.stackId()))
            .sorted(Comparator.comparing(Stack::stackName))
            .toList();
    if (found.isEmpty() && asked != null) {
      throw ERRORS.unmodeled("ValidationError", "Stack with id %s does not exist".formatted(asked));
    }
    return DescribeStacksResponse.builder().stacks(found).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
