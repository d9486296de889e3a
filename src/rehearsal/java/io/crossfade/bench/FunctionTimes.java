package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.Identities;
import io.crossfade.localaws.StackInterceptor;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.FunctionInvoker;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * How long each invocation took, and how much of it the local AWS worked on the function's calls.
 * The rest is the function's own: its logic, and what its clients do with requests and responses.
 */
final class FunctionTimes implements StackInterceptor, CallInterceptor {
  private final Map<String, String> handlers;
  private final Identities identities;
  private final int processes;
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> inCalls = new ConcurrentHashMap<>();
  private final Map<String, List<Time>> times = new LinkedHashMap<>();

  /** Of one invocation, in nanoseconds. */
  record Time(long whole, long inCalls) {
    double wholeMillis() {
      return whole / 1e6;
    }

    double ownMillis() {
      return Math.max(0, whole - inCalls) / 1e6;
    }
  }

  /**
   * @param processes of one function at the same time; whoever comes later waits for a turn
   */
  FunctionTimes(ResolvedTemplate template, int processes) {
    this.identities = Identities.of(template);
    this.processes = processes;
    this.handlers = new ConcurrentHashMap<>();
    template.functions().forEach(each -> handlers.put(each.name(), handler(each)));
  }

  private static String handler(FunctionResource function) {
    return function.environment().getOrDefault("QUARKUS_LAMBDA_HANDLER", function.name());
  }

  @Override
  public FunctionInvoker functions(FunctionInvoker real) {
    return (name, payload) -> timed(real, name, payload);
  }

  private JsonNode timed(FunctionInvoker real, String arn, JsonNode payload) throws FunctionError {
    String handler = handlers.get(arn.substring(arn.lastIndexOf(':') + 1));
    Semaphore turn = turns.computeIfAbsent(handler, h -> new Semaphore(processes));
    LongAdder calls = inCalls.computeIfAbsent(handler, h -> new LongAdder());
    turn.acquireUninterruptibly();
    long callsBefore = calls.sum();
    long began = System.nanoTime();
    try {
      return real.invoke(arn, payload);
    } finally {
      Time time = new Time(System.nanoTime() - began, calls.sum() - callsBefore);
      turn.release();
      synchronized (times) {
        times.computeIfAbsent(handler, h -> new ArrayList<>()).add(time);
      }
    }
  }

  @Override
  public <R> R around(Call call, Supplier<R> effect) {
    long began = System.nanoTime();
    try {
      return effect.get();
    } finally {
      long took = System.nanoTime() - began;
      identities
          .function(call.accessKeyId())
          .ifPresent(
              function ->
                  inCalls.computeIfAbsent(handler(function), h -> new LongAdder()).add(took));
    }
  }

  /** Of each handler, in the order of its invocations. */
  Map<String, List<Time>> times() {
    synchronized (times) {
      Map<String, List<Time>> copy = new LinkedHashMap<>();
      times.forEach((handler, all) -> copy.put(handler, List.copyOf(all)));
      return copy;
    }
  }
}
