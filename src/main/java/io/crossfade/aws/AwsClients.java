package io.crossfade.aws;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The SDK clients that no Quarkus extension provides. When one does, its producer here goes.
 *
 * <p>Region, credentials and endpoint come from the function's environment, as the SDK reads it.
 */
public class AwsClients {
  /** A call that hangs must end well before its function does, so that the retry is ours. */
  static final Duration ATTEMPT = Duration.ofSeconds(5);

  /** Its quotas for alarms are low, and the whole account shares them. */
  private static final int CLOUD_WATCH_ATTEMPTS = 6;

  private final Duration call;

  /**
   * @param call how long one call may take with its retries; shorter where a person waits
   */
  public AwsClients(
      @ConfigProperty(name = "crossfade.call-timeout", defaultValue = "15S") Duration call) {
    this.call = call;
  }

  @Produces
  @ApplicationScoped
  EcsClient ecs() {
    return made(EcsClient.builder());
  }

  @Produces
  @ApplicationScoped
  ElasticLoadBalancingV2Client loadBalancing() {
    return made(ElasticLoadBalancingV2Client.builder());
  }

  @Produces
  @ApplicationScoped
  CloudWatchClient cloudWatch() {
    return made(
        CloudWatchClient.builder()
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(CLOUD_WATCH_ATTEMPTS))));
  }

  @Produces
  @ApplicationScoped
  ApplicationAutoScalingClient scaling() {
    return made(ApplicationAutoScalingClient.builder());
  }

  @Produces
  @ApplicationScoped
  SnsClient sns() {
    return made(SnsClient.builder());
  }

  @Produces
  @ApplicationScoped
  SfnClient stepFunctions() {
    return made(SfnClient.builder());
  }

  @Produces
  @ApplicationScoped
  LambdaClient lambda() {
    return made(LambdaClient.builder());
  }

  @Produces
  @ApplicationScoped
  SecretsManagerClient secrets() {
    return made(SecretsManagerClient.builder());
  }

  @Produces
  Clock clock() {
    return Clock.systemUTC();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C made(B builder) {
    Duration attempt = call.compareTo(ATTEMPT) < 0 ? call : ATTEMPT;
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(call)
                .addExecutionInterceptor(new CallCounter())
                .build())
        .build();
  }
}
