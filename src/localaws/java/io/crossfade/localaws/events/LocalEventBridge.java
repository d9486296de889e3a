package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.DaemonThreads;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.cloudwatch.LocalCloudWatch;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.FunctionInvoker;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.localaws.storage.LocalS3;
import io.crossfade.localaws.template.EventRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/**
 * The default event bus. Delivery is asynchronous, in no order, and at least once: {@link
 * #deliverTwice} and {@link #delay} make that felt. AWS calls these events "best effort", so {@link
 * #lose} drops some. A function that fails is tried again after one minute and after two more.
 * Lambda queues the events of a function; here it is called for two of them at a time.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
 *     How Lambda handles errors of asynchronous invocation</a>
 */
public final class LocalEventBridge implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final int AT_A_TIME = 2;

  private final ScaledClock clock;
  private final FunctionInvoker functions;
  private final List<BusRule> rules = new CopyOnWriteArrayList<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<EventDelivery> delivered = new CopyOnWriteArrayList<>();
  private final List<FailedDelivery> failed = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Map<String, Semaphore> queues = new ConcurrentHashMap<>();
  private final AtomicInteger toDrop = new AtomicInteger();
  private final ExecutorService threads = DaemonThreads.pool("event-delivery");
  private volatile boolean twice;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean closed;

  public LocalEventBridge(ScaledClock clock, FunctionInvoker functions) {
    this.clock = clock;
    this.functions = functions;
  }

  /**
   * @param function its name or ARN
   * @throws InvalidEventPattern for a rule that EventBridge would refuse or that is not emulated
   */
  public void putRule(EventRule rule, String function) {
    rules.add(BusRule.of(rule, function));
  }

  /** From now on publishes an event for every execution that starts or ends. */
  public void listenTo(LocalStepFunctions states) {
    states.addListener(
        new ExecutionListener() {
          @Override
          public void executionStarted(String executionArn, Instant at) {
            publish(ExecutionEvents.started(describe(executionArn)));
          }

          @Override
          public void executionEnded(String executionArn, String status, Instant at) {
            publish(ExecutionEvents.ended(describe(executionArn)));
          }

          private DescribeExecutionResponse describe(String executionArn) {
            return states.describeExecution(r -> r.executionArn(executionArn));
          }
        });
  }

  /** From now on publishes an event for every change of an alarm's state. */
  public void listenTo(LocalCloudWatch cloudWatch) {
    cloudWatch.onStateChange(
        change ->
            publish(
                AlarmEvents.changed(
                    change,
                    cloudWatch.describeAlarms(
                        r ->
                            r.alarmNames(change.alarmName())
                                .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)))));
  }

  /** From now on publishes an event for every object that is written to the bucket. */
  public void listenTo(LocalS3 s3, String bucket) {
    s3.onCreated(
        object -> {
          if (object.bucket().equals(bucket)) {
            publish(ObjectEvents.created(object));
          }
        });
  }

  /** Delivers every event two times, as "at least once" allows. */
  public void deliverTwice(boolean deliverTwice) {
    this.twice = deliverTwice;
  }

  /** Holds back every event that is published from now on for this long, in world time. */
  public void delay(Duration world) {
    this.delay = world;
  }

  /** Never delivers the next events. Only events that match a rule count. */
  public void dropNext(int count) {
    toDrop.set(count);
  }

  /** Puts an event on the bus. After the bus was closed nothing happens. */
  public void publish(JsonNode event) {
    events.add(event);
    rules.stream()
        .filter(rule -> rule.settings().enabled() && rule.pattern().matches(event))
        .filter(rule -> toDrop.getAndUpdate(left -> Math.max(0, left - 1)) == 0)
        .forEach(
            rule -> {
              send(rule, rule.delivery(event));
              if (twice) {
                send(rule, rule.delivery(event));
              }
            });
  }

  private void send(BusRule rule, EventDelivery delivery) {
    underWay.incrementAndGet();
    after(delay, () -> attempt(rule, delivery, 1));
  }

  /** The clock's own threads are few, and a function's run may take long. */
  private void after(Duration world, Runnable task) {
    try {
      clock.after(world, () -> execute(task));
    } catch (RejectedExecutionException worldHasEnded) {
      underWay.decrementAndGet();
    }
  }

  private void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException busIsClosed) {
      underWay.decrementAndGet();
    }
  }

  private void attempt(BusRule rule, EventDelivery delivery, int number) {
    try {
      invokeInTurn(delivery);
      delivered.add(delivery);
      underWay.decrementAndGet();
    } catch (FunctionError | RuntimeException e) {
      if (number <= rule.settings().retries() && !closed) {
        after(FIRST_PAUSE.multipliedBy(number), () -> attempt(rule, delivery, number + 1));
      } else {
        failed.add(new FailedDelivery(delivery, number, e.getMessage()));
        underWay.decrementAndGet();
      }
    }
  }

  private void invokeInTurn(EventDelivery delivery) throws FunctionError {
    Semaphore queue =
        queues.computeIfAbsent(delivery.function(), function -> new Semaphore(AT_A_TIME, true));
    queue.acquireUninterruptibly();
    try {
      functions.invoke(delivery.function(), delivery.payload());
    } finally {
      queue.release();
    }
  }

  /** Every event that was published, whether a rule matched or not. */
  public List<JsonNode> events() {
    return List.copyOf(events);
  }

  /** Every delivery that a function took without an error, in the order of completion. */
  public List<EventDelivery> deliveries() {
    return List.copyOf(delivered);
  }

  /** Every delivery on which the function failed at every try. */
  public List<FailedDelivery> failedDeliveries() {
    return List.copyOf(failed);
  }

  /** Waits until no event is under way any more, retries included. */
  public void drain() {
    Await.until("every event is delivered", () -> underWay.get() == 0);
  }

  @Override
  public void close() {
    closed = true;
    rules.clear();
    threads.shutdownNow();
  }
}
