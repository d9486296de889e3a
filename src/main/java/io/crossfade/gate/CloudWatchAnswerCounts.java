package io.crossfade.gate;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.LoadBalancerMetrics;
import io.crossfade.aws.LoadBalancerMetrics.Query;
import io.crossfade.release.TransientFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * The metrics of AWS/ApplicationELB. RequestCount is of requests for which a target was chosen. A
 * target's answers are HTTPCode_Target_2XX_Count and its like. What the load balancer answers
 * itself is counted for the whole of it only (Elastic Load Balancing user guide, "CloudWatch
 * metrics for your Application Load Balancer").
 */
@Adapter
public class CloudWatchAnswerCounts implements AnswerCounts {
  private static final String SENT = "sent";
  private static final List<String> ANSWERED = List.of("2XX", "3XX", "4XX", "5XX");
  private static final List<String> FAILED = List.of("502", "504");

  private final CloudWatchClient cloudWatch;

  public CloudWatchAnswerCounts(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  @Override
  public Optional<Counted> between(
      String loadBalancer, String targetGroup, Instant from, Instant to) {
    Stream<Query> ofTargets =
        ANSWERED.stream()
            .map(
                code ->
                    new Query(id(code), "HTTPCode_Target_%s_Count".formatted(code), targetGroup));
    Stream<Query> ofBalancer =
        FAILED.stream()
            .map(code -> new Query(id(code), "HTTPCode_ELB_%s_Count".formatted(code), null));
    List<Query> queries =
        Stream.of(Stream.of(new Query(SENT, "RequestCount", targetGroup)), ofTargets, ofBalancer)
            .flatMap(each -> each)
            .toList();
    try {
      Map<String, Map<Instant, Double>> sums =
          LoadBalancerMetrics.sums(
              cloudWatch, loadBalancer, queries, from.truncatedTo(ChronoUnit.MINUTES), to);
      return Optional.of(
          new Counted(
              LoadBalancerMetrics.total(sums.get(SENT)),
              total(sums, ANSWERED),
              total(sums, FAILED)));
    } catch (TransientFailure untold) {
      return Optional.empty();
    }
  }

  private static long total(Map<String, Map<Instant, Double>> sums, List<String> codes) {
    return codes.stream().mapToLong(code -> LoadBalancerMetrics.total(sums.get(id(code)))).sum();
  }

  /** An id begins with a lower-case letter. */
  private static String id(String code) {
    return "code" + code;
  }
}
