package io.crossfade.drill;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The services that a drill calls, in one account and region. */
public record AwsAccount(
    String region,
    StsClient sts,
    CloudFormationClient cloudFormation,
    SfnClient states,
    EcsClient ecs,
    ElasticLoadBalancingV2Client elb,
    ApplicationAutoScalingClient scaling,
    CloudWatchClient cloudWatch) {

  /**
   * With the region, the credentials and the endpoint that the SDK finds.
   *
   * @throws DrillRefused if it finds no region
   */
  public static AwsAccount own() {
    return new AwsAccount(
        ownRegion(),
        StsClient.create(),
        CloudFormationClient.create(),
        SfnClient.create(),
        EcsClient.create(),
        ElasticLoadBalancingV2Client.create(),
        ApplicationAutoScalingClient.create(),
        CloudWatchClient.create());
  }

  private static String ownRegion() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
    } catch (SdkClientException nowhere) {
      throw new DrillRefused(
          "no region is known; set AWS_REGION, or AWS_PROFILE to one that has it");
    }
  }

  /**
   * @throws DrillRefused without credentials that AWS knows
   */
  String id() {
    try {
      return sts.getCallerIdentity().account();
    } catch (SdkException unknown) {
      throw new DrillRefused(
          "AWS does not know who asks: "
              + unknown.getMessage().split(" from any| \\(Service", 2)[0]);
    }
  }

  /**
   * @throws DrillRefused if there is no such metric alarm
   */
  MetricAlarm alarm(String name) {
    return cloudWatch
        .describeAlarms(r -> r.alarmNames(name).alarmTypes(AlarmType.METRIC_ALARM))
        .metricAlarms()
        .stream()
        .findFirst()
        .orElseThrow(
            () -> new DrillRefused("CloudWatch knows no metric alarm \"%s\"".formatted(name)));
  }

  /**
   * @throws DrillRefused if there is no such stack
   */
  DescribedStack stack(String name) {
    try {
      return DescribedStack.of(
          cloudFormation.describeStacks(r -> r.stackName(name)).stacks().get(0));
    } catch (CloudFormationException missing) {
      throw new DrillRefused(
          "stack %s in %s: %s".formatted(name, region, missing.awsErrorDetails().errorMessage()));
    }
  }

  /** A stack's parameters and outputs. */
  record DescribedStack(String name, Map<String, String> parameters, Map<String, String> outputs) {
    private static DescribedStack of(Stack stack) {
      return new DescribedStack(
          stack.stackName(),
          map(stack.parameters(), Parameter::parameterKey, Parameter::parameterValue),
          map(stack.outputs(), Output::outputKey, Output::outputValue));
    }

    private static <T> Map<String, String> map(
        List<T> list, Function<T, String> key, Function<T, String> value) {
      return list.stream().collect(Collectors.toMap(key, value));
    }

    /**
     * @throws DrillRefused if it has no such output
     */
    String output(String key) {
      String value = outputs.get(key);
      if (value == null) {
        throw new DrillRefused("stack %s has no output %s".formatted(name, key));
      }
      return value;
    }
  }
}
