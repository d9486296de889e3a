package io.crossfade.localaws.ecs;

/** An image, whose container is a real HTTP server. */
public interface ContainerImage {
  /** Starts one container; returns once it listens. Throws if the process exits at start. */
  RunningContainer start(ContainerConfig start) throws Exception;
}
