package io.crossfade.localaws;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one clock of a local AWS. World time runs {@code speed} times as fast as the machine's, so a
 * bake of 120 seconds at speed 10 takes 12 seconds of a person's time. Everything that AWS would
 * wait for is waited for here; what is computed (a function's run, a request) takes real time.
 */
public final class ScaledClock implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ScaledClock.class.getName());

  private final double speed;
  private final Instant worldStart = Instant.now();
  private final long realStart = System.nanoTime();
  private final ScheduledExecutorService timer;

  /**
   * @param speed world seconds per real second, above 0
   */
  public ScaledClock(double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed must be above 0, found " + speed);
    }
    this.speed = speed;
    this.timer = Executors.newScheduledThreadPool(4, DaemonThreads.named("world-clock"));
  }

  public double speed() {
    return speed;
  }

  public Instant now() {
    return worldStart.plusNanos((long) ((System.nanoTime() - realStart) * speed));
  }

  /** How long a world duration takes on the machine's own clock. */
  public Duration real(Duration world) {
    return Duration.ofNanos((long) (world.toNanos() / speed));
  }

  public void sleep(Duration world) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(real(world).toNanos());
  }

  public ScheduledFuture<?> after(Duration world, Runnable task) {
    return timer.schedule(task, real(world).toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs a task again and again, whatever it throws; the first run comes after one period. */
  public ScheduledFuture<?> every(Duration world, Runnable task) {
    long nanos = real(world).toNanos();
    return timer.scheduleWithFixedDelay(() -> guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** The timer would never call a task again that has thrown once. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a repeated task failed", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
