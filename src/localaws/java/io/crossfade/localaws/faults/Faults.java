package io.crossfade.localaws.faults;

import io.crossfade.localaws.Identities;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.localaws.wire.DroppedConnection;
import io.crossfade.localaws.wire.Gateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes single calls fail. The first rule that holds for a call decides. Closing it ends the calls
 * that hang, and removes it from its gateway.
 */
public final class Faults implements CallInterceptor, AutoCloseable {
  private final Gateway gateway;
  private final Identities identities;
  private final Consumer<String> killer;
  private final ExecutionStates states = new ExecutionStates();
  private final CallRecorder recorder;
  private final List<Counted> rules = new CopyOnWriteArrayList<>();
  private final List<RecordedCall> failedCalls = new CopyOnWriteArrayList<>();
  private final Map<Object, Object> answers = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** A rule and how many calls it has counted. */
  private record Counted(FaultRule rule, AtomicInteger calls) {
    boolean appliesTo(RecordedCall call) {
      return rule.counts(call) && rule.holdsFor(calls.incrementAndGet());
    }
  }

  /**
   * @param killer kills a function by its name, such as {@code host::kill}
   */
  public Faults(Gateway gateway, Identities identities, Consumer<String> killer) {
    this.gateway = gateway;
    this.identities = identities;
    this.killer = killer;
    this.recorder = new CallRecorder(identities, states);
    gateway.intercept(this);
  }

  /** From now on calls are known by the state in which they are made. */
  public Faults watch(LocalStepFunctions stepFunctions) {
    stepFunctions.addListener(states);
    return this;
  }

  /** Calls are counted from now on. */
  public Faults inject(FaultRule rule) {
    rules.add(new Counted(rule, new AtomicInteger()));
    return this;
  }

  /** Forgets the rules. A call that hangs already goes on hanging. */
  public void clear() {
    rules.clear();
  }

  public CallRecorder recorder() {
    return recorder;
  }

  /** The calls that failed because of a rule, in order. */
  public List<RecordedCall> failedCalls() {
    return List.copyOf(failedCalls);
  }

  @Override
  public <R> R around(Call call, Supplier<R> effect) {
    RecordedCall recorded = recorder.record(call);
    Optional<Fault> fault = fault(recorded);
    if (fault.isEmpty()) {
      return remembered(call, effect);
    }
    if (fault.get() == Fault.STALE && !answers.containsKey(call.request())) {
      return remembered(call, effect);
    }
    failedCalls.add(recorded);
    return switch (fault.get()) {
      case THROTTLE -> throw FaultErrors.throttled(call.service());
      case FAIL_BEFORE -> throw FaultErrors.broken(call.service());
      case FAIL_AFTER -> {
        effect.get();
        throw new DroppedConnection("the answer is lost");
      }
      case HANG -> throw hang();
      case STALE -> stale(call);
      case KILL_BEFORE -> throw killed(call);
      case KILL_AFTER -> {
        effect.get();
        throw killed(call);
      }
    };
  }

  /** Every rule counts every call, also if another one strikes. */
  private Optional<Fault> fault(RecordedCall call) {
    return rules.stream().filter(rule -> rule.appliesTo(call)).toList().stream()
        .findFirst()
        .map(counted -> counted.rule().fault());
  }

  /** Only answers that a stale read may need are kept. */
  private <R> R remembered(Call call, Supplier<R> effect) {
    R answer = effect.get();
    boolean needed =
        rules.stream()
            .map(Counted::rule)
            .anyMatch(r -> r.fault() == Fault.STALE && r.operation().equals(call.name()));
    if (needed) {
      answers.put(call.request(), answer);
    }
    return answer;
  }

  /** A request that is equal was answered by the same operation. */
  @SuppressWarnings("unchecked")
  private <R> R stale(Call call) {
    return (R) answers.get(call.request());
  }

  private DroppedConnection hang() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new DroppedConnection("it hung");
  }

  private DroppedConnection killed(Call call) {
    killer.accept(
        identities
            .function(call.accessKeyId())
            .orElseThrow(() -> new IllegalStateException("no function made the call: " + call))
            .name());
    return new DroppedConnection("the caller is dead");
  }

  @Override
  public void close() {
    clear();
    gateway.removeInterceptor(this);
    closed.countDown();
  }
}
