package io.crossfade.localaws.elb;

import io.crossfade.localaws.sdk.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;

/** The errors of Elastic Load Balancing, with the codes that they have on the wire. */
final class ElbErrors {
  private static final ServiceErrors ERRORS =
      new ServiceErrors("elasticloadbalancing", ElasticLoadBalancingV2Exception.class);

  private ElbErrors() {}

  static AwsServiceException of(String code, String message) {
    return ERRORS.modeled(code, message);
  }

  static AwsServiceException validation(String message) {
    return ERRORS.unmodeled("ValidationError", message);
  }
}
