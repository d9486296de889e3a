package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/** One colour of the application: its service and the target group that belongs to it. */
public record Side(Colour colour, String service, String targetGroupArn) {
  public Side {
    requireNonNull(colour);
    requireNonNull(service);
    requireNonNull(targetGroupArn);
  }

  /** "backend-blue (targetgroup/backend-blue/0123456789abcdef)". */
  public String told() {
    return "%s (%s)".formatted(service, dimension());
  }

  public String dimension() {
    return dimensionOf(targetGroupArn);
  }

  /** CloudWatch's TargetGroup dimension: {@code targetgroup/<name>/<id>}. */
  public static String dimensionOf(String targetGroupArn) {
    return targetGroupArn.substring(targetGroupArn.indexOf(":targetgroup/") + 1);
  }
}
