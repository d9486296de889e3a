package io.crossfade.localaws.ecs;

/** The states of a task, in order. */
enum TaskStatus {
  PROVISIONING,
  PENDING,
  /** Its containers are being started. */
  ACTIVATING,
  RUNNING,
  /** Its targets are draining; it still answers what is in flight. */
  DEACTIVATING,
  /** Its containers were told to end. */
  STOPPING,
  STOPPED;

  boolean starting() {
    return compareTo(RUNNING) < 0;
  }

  /** Starting or running, and so a part of what a service counts on. */
  boolean live() {
    return compareTo(RUNNING) <= 0;
  }
}
