package io.crossfade.release;

import java.util.regex.Pattern;

/** The parts of an ARN: {@code arn:<partition>:<service>:<region>:<account>:<resource>}. */
public final class Arn {
  /** Longer than any that the load balancer could have given out. */
  public static final int MAX_CHARS = 512;

  private static final Pattern RULE =
      Pattern.compile(
          "arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:"
              + "listener-rule/app/[A-Za-z0-9-]{1,32}/[0-9a-f]+/[0-9a-f]+/[0-9a-f]+");

  private static final int PARTS = 6;
  private static final int REGION = 3;
  private static final int ACCOUNT = 4;

  private Arn() {}

  /** Whether a text has all of the parts. */
  public static boolean isOne(String text) {
    return text.split(":", PARTS).length == PARTS;
  }

  /** Whether it is that of a rule of an Application Load Balancer, which alone is released to. */
  public static boolean ofRule(String text) {
    return text.length() <= MAX_CHARS && RULE.matcher(text).matches();
  }

  public static String region(String arn) {
    return arn.split(":", PARTS)[REGION];
  }

  /** Where what an ARN names is, for people. Two are the same only if region and account are. */
  public static String place(String arn) {
    return "in region %s and account %s".formatted(region(arn), arn.split(":", PARTS)[ACCOUNT]);
  }

  /** What comes after the last slash, such as a cluster's name. A name alone is that already. */
  public static String name(String arnOrName) {
    return arnOrName.substring(arnOrName.lastIndexOf('/') + 1);
  }

  /** {@code …:listener-rule/app/lb/x/y/z} belongs to {@code …:listener/app/lb/x/y}. */
  public static String listener(String ruleArn) {
    return ruleArn.substring(0, ruleArn.lastIndexOf('/')).replace(":listener-rule/", ":listener/");
  }

  /** CloudWatch's LoadBalancer dimension, {@code app/<name>/<id>}, of a listener rule. */
  public static String loadBalancer(String ruleArn) {
    String[] parts = ruleArn.split("/");
    return "%s/%s/%s".formatted(parts[1], parts[2], parts[3]);
  }
}
