package io.crossfade.notify;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells people by every channel there is, whatever became of the one before. */
@ApplicationScoped
public class Notifications {
  private final List<NotificationChannel> channels;
  private final Consumer<String> log;

  @Inject
  public Notifications(@All List<NotificationChannel> channels) {
    this(channels, Logger.getLogger(Notifications.class)::warn);
  }

  Notifications(List<NotificationChannel> channels, Consumer<String> log) {
    this.channels = List.copyOf(channels);
    this.log = log;
  }

  /**
   * @throws RuntimeException what went wrong first with a required channel
   */
  public void send(Notification notification) {
    RuntimeException failed = null;
    for (NotificationChannel channel : channels) {
      try {
        channel.send(notification);
      } catch (RuntimeException untold) {
        log.accept(untold.getMessage());
        failed = channel.required() && failed == null ? untold : failed;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
