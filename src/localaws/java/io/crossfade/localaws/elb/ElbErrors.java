package io.crossfade.localaws.elb;

import io.crossfade.localaws.sdk.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** The errors of Elastic Load Balancing, with the codes they have on the wire. */
final class ElbErrors {
  private ElbErrors() {}

  static AwsServiceException validation(String message) {
    return error(ElasticLoadBalancingV2Exception.builder(), "ValidationError", message);
  }

  static AwsServiceException ruleNotFound(String arn) {
    return error(
        RuleNotFoundException.builder(), "RuleNotFound", "One or more rules not found: " + arn);
  }

  static AwsServiceException listenerNotFound(String arn) {
    return error(
        ListenerNotFoundException.builder(),
        "ListenerNotFound",
        "One or more listeners not found: " + arn);
  }

  static AwsServiceException loadBalancerNotFound(String arn) {
    return error(
        LoadBalancerNotFoundException.builder(),
        "LoadBalancerNotFound",
        "One or more load balancers not found: " + arn);
  }

  static AwsServiceException targetGroupNotFound(String arn) {
    return error(
        TargetGroupNotFoundException.builder(),
        "TargetGroupNotFound",
        "One or more target groups not found: " + arn);
  }

  static AwsServiceException associationLimit(String arn) {
    return error(
        TargetGroupAssociationLimitException.builder(),
        "TargetGroupAssociationLimit",
        "The following target groups cannot be associated with more than one load balancer: "
            + arn);
  }

  static AwsServiceException notPermitted(String message) {
    return error(OperationNotPermittedException.builder(), "OperationNotPermitted", message);
  }

  static AwsServiceException invalidAction(String message) {
    return error(
        InvalidLoadBalancerActionException.builder(), "InvalidLoadBalancerAction", message);
  }

  static AwsServiceException tooManyActions(String message) {
    return error(TooManyActionsException.builder(), "TooManyActions", message);
  }

  static AwsServiceException priorityInUse(int priority) {
    return error(
        PriorityInUseException.builder(),
        "PriorityInUse",
        "Priority '%d' is currently in use".formatted(priority));
  }

  static AwsServiceException duplicateListener(int port) {
    return error(
        DuplicateListenerException.builder(),
        "DuplicateListener",
        "A listener already exists on port " + port);
  }

  static AwsServiceException duplicateLoadBalancer(String name) {
    return error(
        DuplicateLoadBalancerNameException.builder(),
        "DuplicateLoadBalancerName",
        "A load balancer with the name '%s' exists, with other settings".formatted(name));
  }

  static AwsServiceException duplicateTargetGroup(String name) {
    return error(
        DuplicateTargetGroupNameException.builder(),
        "DuplicateTargetGroupName",
        "A target group with the name '%s' exists, with other settings".formatted(name));
  }

  static AwsServiceException resourceInUse(String message) {
    return error(ResourceInUseException.builder(), "ResourceInUse", message);
  }

  private static AwsServiceException error(
      AwsServiceException.Builder builder, String code, String message) {
    return AwsErrors.error(builder, "elasticloadbalancing", code, message);
  }
}
