package io.crossfade.localaws.wire;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/** Counts every call and passes it to the interceptors. */
final class CallInterceptors {
  private final List<CallInterceptor> interceptors = new CopyOnWriteArrayList<>();
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void intercept(CallInterceptor interceptor) {
    interceptors.add(interceptor);
  }

  void removeInterceptor(CallInterceptor interceptor) {
    interceptors.remove(interceptor);
  }

  <R> R run(Call call, Supplier<R> effect) {
    return run(call, effect, response -> response);
  }

  /**
   * @param shown what of the result the interceptors see
   */
  <R> R run(Call call, Supplier<R> effect, Function<R, Object> shown) {
    List<CallInterceptor> interceptors = List.copyOf(this.interceptors);
    counts.computeIfAbsent(call.name(), name -> new LongAdder()).increment();
    interceptors.forEach(interceptor -> interceptor.before(call));
    R response = around(interceptors, call, effect).get();
    interceptors.forEach(interceptor -> interceptor.after(call, shown.apply(response)));
    return response;
  }

  byte[] edit(String name, byte[] body) {
    byte[] edited = body;
    for (CallInterceptor interceptor : interceptors) {
      edited = interceptor.edit(name, edited);
    }
    return edited;
  }

  /** The interceptor that came first is the outermost. */
  private static <R> Supplier<R> around(
      List<CallInterceptor> interceptors, Call call, Supplier<R> effect) {
    Supplier<R> outer = effect;
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      CallInterceptor interceptor = interceptors.get(i);
      Supplier<R> inner = outer;
      outer = () -> interceptor.around(call, inner);
    }
    return outer;
  }

  Map<String, Long> counts() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((name, count) -> copy.put(name, count.sum()));
    return copy;
  }

  void reset() {
    counts.clear();
  }
}
