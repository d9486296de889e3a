package io.crossfade.localaws;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the JVM alive. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /** As many threads as there are tasks at a time. */
  public static ExecutorService pool(String name) {
    return Executors.newCachedThreadPool(named(name));
  }

  public static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
