package io.crossfade.localaws.ecs;

/**
 * A container that listens on 127.0.0.1:port until it is stopped. close() stops it at once
 * (SIGKILL); stop() lets requests in flight end (SIGTERM).
 */
public interface RunningContainer extends AutoCloseable {
  int port();

  boolean running();

  void stop();

  @Override
  void close();
}
