package io.crossfade.localaws.elb;

/**
 * What a target group has answered since it was created.
 *
 * @param requests requests for which a target was chosen
 * @param balancerErrors answers 502, 503 and 504 that the load balancer gave in its place
 */
public record RequestTotals(
    long requests,
    long success,
    long redirects,
    long clientErrors,
    long serverErrors,
    long balancerErrors) {

  /** Requests that no target has answered, or not yet. */
  public long unanswered() {
    return requests - success - redirects - clientErrors - serverErrors;
  }

  static RequestTotals of(MetricCounters counters) {
    return new RequestTotals(
        counters.total(MetricCounters.REQUESTS),
        counters.total(MetricCounters.targetCode(2)),
        counters.total(MetricCounters.targetCode(3)),
        counters.total(MetricCounters.targetCode(4)),
        counters.total(MetricCounters.targetCode(5)),
        counters.total(MetricCounters.ELB_5XX));
  }
}
