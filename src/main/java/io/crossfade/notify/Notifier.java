package io.crossfade.notify;

/** Tells people. */
public interface Notifier {
  void tell(Notice notice);
}
