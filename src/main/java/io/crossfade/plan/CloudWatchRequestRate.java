package io.crossfade.plan;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.LoadBalancerMetrics;
import io.crossfade.release.Arn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * {@code RequestCount} of AWS/ApplicationELB, which is reported where it is not zero (Elastic Load
 * Balancing, CloudWatch metrics for your Application Load Balancer).
 */
@Adapter
public class CloudWatchRequestRate implements RequestRate {
  private static final String ID = "requests";

  private final CloudWatchClient cloudWatch;

  public CloudWatchRequestRate(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  @Override
  public long highest(String ruleArn, Instant now) {
    Instant end = now.truncatedTo(ChronoUnit.MINUTES);
    return LoadBalancerMetrics.sums(
            cloudWatch,
            Arn.loadBalancer(ruleArn),
            List.of(new LoadBalancerMetrics.Query(ID, "RequestCount", null)),
            end.minus(MINUTES, ChronoUnit.MINUTES),
            end)
        .get(ID)
        .values()
        .stream()
        .mapToLong(Double::longValue)
        .max()
        .orElse(0);
  }
}
