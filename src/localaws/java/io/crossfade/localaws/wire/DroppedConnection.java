package io.crossfade.localaws.wire;

/** Thrown by an interceptor: the caller gets no answer, its connection is closed. */
public final class DroppedConnection extends RuntimeException {
  public DroppedConnection(String why) {
    super(why);
  }
}
