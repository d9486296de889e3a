package io.crossfade.notify;

/** A way to tell people. Every bean of this type is used; a further one is one class. */
public interface NotificationChannel {
  void send(Notification notification);

  /** Whether the notification has failed if this channel fails. */
  boolean required();
}
