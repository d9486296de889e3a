package io.crossfade.notify;

/** Tells people. */
public interface NotificationChannel {
  void tell(Notification notice);
}
