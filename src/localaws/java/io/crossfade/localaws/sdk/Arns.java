package io.crossfade.localaws.sdk;

import java.util.concurrent.ThreadLocalRandom;

/** Names of the shape that AWS gives. */
public final class Arns {
  public static final String ACCOUNT = "123456789012";
  public static final String REGION = "eu-central-1";

  private Arns() {}

  public static String of(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, REGION, ACCOUNT, resource);
  }

  /** Random hex digits, as in the ids of load balancers (16) and tasks (32). */
  public static String hex(int digits) {
    return random(digits, 16);
  }

  /** Random decimal digits, as in the ids of deployments (19). */
  public static String decimal(int digits) {
    return random(digits, 10);
  }

  /** The part of an ARN after its last slash, or the whole of a plain name. */
  public static String lastPart(String arnOrName) {
    return arnOrName.substring(arnOrName.lastIndexOf('/') + 1);
  }

  private static String random(int digits, int radix) {
    StringBuilder text = new StringBuilder(digits);
    while (text.length() < digits) {
      text.append(Character.forDigit(ThreadLocalRandom.current().nextInt(radix), radix));
    }
    return text.toString();
  }
}
