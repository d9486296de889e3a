package io.crossfade.localaws.elb;

import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** A load balancer and what it counts over all its target groups. */
record LoadBalancerState(LoadBalancer settings, MetricCounters counters) {
  String arn() {
    return settings.loadBalancerArn();
  }

  /** {@code app/<name>/<id>}: the part that its listeners' ARNs and its metrics carry. */
  String path() {
    return arn().substring(arn().indexOf("loadbalancer/") + "loadbalancer/".length());
  }
}
