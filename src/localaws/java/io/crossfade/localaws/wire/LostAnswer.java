package io.crossfade.localaws.wire;

/** Thrown by an interceptor: the caller gets no answer, its connection is closed. */
public final class LostAnswer extends RuntimeException {
  public LostAnswer(String why) {
    super(why);
  }
}
