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

  static RequestTotals of(Traffic traffic) {
    return new RequestTotals(
        traffic.total(Traffic.REQUESTS),
        traffic.total(Traffic.targetCode(2)),
        traffic.total(Traffic.targetCode(3)),
        traffic.total(Traffic.targetCode(4)),
        traffic.total(Traffic.targetCode(5)),
        traffic.total(Traffic.ELB_5XX));
  }
}
