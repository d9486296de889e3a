package io.crossfade.localaws;

import io.crossfade.localaws.cloudformation.LocalCloudFormation;
import io.crossfade.localaws.cloudwatch.CallQuotas;
import io.crossfade.localaws.cloudwatch.LocalCloudWatch;
import io.crossfade.localaws.ecs.ContainerRegistry;
import io.crossfade.localaws.ecs.LocalEcs;
import io.crossfade.localaws.elb.LocalElb;
import io.crossfade.localaws.iam.AccountResources;
import io.crossfade.localaws.lambda.LocalLambda;
import io.crossfade.localaws.scaling.LocalScaling;
import io.crossfade.localaws.secrets.LocalSecretsManager;
import io.crossfade.localaws.sns.LocalSns;
import io.crossfade.localaws.storage.LocalS3;
import io.crossfade.localaws.sts.LocalSts;
import io.crossfade.localaws.wire.Gateway;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * One account in one region: the services that a release touches, on one clock, answering at a
 * gateway. The gateway belongs to the caller, so that functions that are warm can serve one account
 * after another.
 */
public final class LocalAws implements AccountResources, AutoCloseable {
  private final ScaledClock clock;
  private final Gateway gateway;
  private final ContainerRegistry images = new ContainerRegistry();
  private final LocalElb elb;
  private final LocalEcs ecs;
  private final LocalCloudWatch cloudWatch;
  private final CallQuotas cloudWatchQuotas;
  private final LocalScaling scaling;
  private final LocalS3 s3;
  private final LocalSns sns;
  private final LocalSecretsManager secrets;
  private final LocalLambda lambda = new LocalLambda();
  private final LocalCloudFormation cloudFormation = new LocalCloudFormation();

  /**
   * @param speed world seconds per real second
   */
  public LocalAws(Gateway gateway, double speed) {
    this.gateway = gateway;
    this.clock = new ScaledClock(speed);
    this.elb = new LocalElb(clock);
    this.ecs = new LocalEcs(clock, elb, images);
    this.cloudWatch = new LocalCloudWatch(clock, elb);
    this.cloudWatchQuotas = new CallQuotas(clock);
    this.scaling = new LocalScaling(clock, ecs);
    this.s3 = new LocalS3(clock);
    this.sns = new LocalSns(clock);
    this.secrets = new LocalSecretsManager(clock);
    gateway.serve("elasticloadbalancing", ElasticLoadBalancingV2Client.class, elb);
    gateway.serve("ecs", EcsClient.class, ecs);
    gateway.serve("monitoring", CloudWatchClient.class, cloudWatch);
    gateway.serve("application-autoscaling", ApplicationAutoScalingClient.class, scaling);
    gateway.serve("sns", SnsClient.class, sns);
    gateway.serve("secretsmanager", SecretsManagerClient.class, secrets);
    gateway.serve("lambda", LambdaClient.class, lambda);
    gateway.serve("cloudformation", CloudFormationClient.class, cloudFormation);
    gateway.serve("sts", StsClient.class, new LocalSts());
    gateway.serveS3(s3);
    gateway.intercept(cloudWatchQuotas);
    gateway.reset();
  }

  public ScaledClock clock() {
    return clock;
  }

  public Gateway gateway() {
    return gateway;
  }

  public ContainerRegistry images() {
    return images;
  }

  public LocalElb elb() {
    return elb;
  }

  public LocalEcs ecs() {
    return ecs;
  }

  public LocalCloudWatch cloudWatch() {
    return cloudWatch;
  }

  /** What calls over the wire are counted against; a test's own calls are not. */
  public CallQuotas cloudWatchQuotas() {
    return cloudWatchQuotas;
  }

  public LocalScaling scaling() {
    return scaling;
  }

  public LocalS3 s3() {
    return s3;
  }

  public LocalSns sns() {
    return sns;
  }

  public LocalSecretsManager secrets() {
    return secrets;
  }

  /** The teams' functions; those of a stack are hosted elsewhere. */
  public LocalLambda lambda() {
    return lambda;
  }

  public LocalCloudFormation cloudFormation() {
    return cloudFormation;
  }

  @Override
  public Map<String, String> tags(String arn) {
    return arn.contains(":lambda:") ? lambda.tags(arn) : ecs.tags(arn);
  }

  @Override
  public List<String> roles(String taskDefinition) {
    TaskDefinition found =
        ecs.describeTaskDefinition(r -> r.taskDefinition(taskDefinition)).taskDefinition();
    return Stream.of(found.taskRoleArn(), found.executionRoleArn())
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public void close() {
    gateway.removeInterceptor(cloudWatchQuotas);
    ecs.close();
    cloudWatch.close();
    elb.close();
    clock.close();
  }
}
