package io.crossfade.localaws.wire;

import java.util.Map;

/** The names of services: in the target of a JSON or CBOR call, and in signatures. */
final class ServiceNames {
  private static final Map<String, String> SIGNED_AS =
      Map.of(
          "AmazonEC2ContainerServiceV20141113", "ecs",
          "AWSStepFunctions", "states",
          "AnyScaleFrontendService", "application-autoscaling",
          "secretsmanager", "secretsmanager",
          "GraniteServiceVersion20100801", "monitoring");
  private static final Map<String, String> BY_VERSION =
      Map.of(
          "2015-12-01", "elasticloadbalancing",
          "2010-03-31", "sns",
          "2010-08-01", "monitoring",
          "2011-06-15", "sts",
          "2010-05-15", "cloudformation");

  private ServiceNames() {}

  static String ofTarget(String prefix) {
    return SIGNED_AS.getOrDefault(prefix, prefix);
  }

  static String ofVersion(String version) {
    return BY_VERSION.getOrDefault(version, version);
  }
}
