package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/** One colour of the application: its service and the target group that belongs to it. */
public record Side(Colour colour, String service, String targetGroupArn) {
  public Side {
    requireNonNull(colour);
    requireNonNull(service);
    requireNonNull(targetGroupArn);
  }
}
