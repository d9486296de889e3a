package io.crossfade.bench;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.bench.BenchOptions.Part;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.matrix.Worker;
import io.crossfade.site.BookingSite;
import io.crossfade.site.SiteVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Several releases at once, each of an application of its own with a rule of its own. */
final class Scale {
  private static final double SPEED = 15;

  /** Of many releases, so that two cores are done with a look before the next one is due. */
  private static final double SPEED_OF_MANY = 5;

  private static final int MANY = 20;

  /** As {@link AccountSimulation} has it. */
  private static final double BEGIN_WITHIN_SECONDS = 20;

  private static final double WARM_UP_SPEED = 60;
  private static final int WARM_UP_RELEASES = 4;
  private static final String WHOLE = Part.SCALE.label();
  private static final String RATES = WHOLE + "/busiest second";

  /** So many processes of one function fit beside each other; on Lambda each call has its own. */
  private static final int JVM_PROCESSES = 2;

  private static final int NATIVE_PROCESSES = 20;

  private final Worker worker;
  private final String packaging;
  private final Consumer<String> progress;
  private final Consumer<String> notice;
  private final Recorder recorder = new Recorder();

  Scale(Worker worker, String packaging, Consumer<String> progress, Consumer<String> notice) {
    this.worker = worker;
    this.packaging = packaging;
    this.progress = progress;
    this.notice = notice;
  }

  /**
   * After some releases that are not counted, because their functions may never have been called.
   *
   * @param numbers of releases at once, one after another
   */
  List<Measurement> measure(List<Integer> numbers) throws Exception {
    run(WARM_UP_RELEASES, WARM_UP_SPEED, false);
    for (int number : numbers) {
      progress.accept("scale: %d at once".formatted(number));
      run(number, number > MANY ? SPEED_OF_MANY : SPEED, true);
    }
    return recorder.measurements();
  }

  /** When each call came, in the world's seconds since the start. */
  private static final class CallLog implements CallInterceptor {
    private final long began = System.nanoTime();
    private final double speed;
    private final ConcurrentLinkedQueue<Timed> calls = new ConcurrentLinkedQueue<>();

    CallLog(double speed) {
      this.speed = speed;
    }

    @Override
    public void before(Call call) {
      double second = (System.nanoTime() - began) / 1e9 * speed;
      calls.add(new Timed(call.name(), second));
    }

    List<Timed> calls() {
      return List.copyOf(calls);
    }
  }

  /** A call, and the second of the world in which it came. */
  record Timed(String operation, double second) {}

  /** The most calls of each operation that came within one second, in any second that begins so. */
  static Map<String, Long> busiest(List<Timed> calls) {
    Map<String, List<Double>> byOperation = new TreeMap<>();
    calls.forEach(
        call ->
            byOperation
                .computeIfAbsent(call.operation(), o -> new ArrayList<>())
                .add(call.second()));
    Map<String, Long> most = new TreeMap<>();
    byOperation.forEach((operation, seconds) -> most.put(operation, busiest(seconds, 1)));
    return most;
  }

  private static long busiest(List<Double> seconds, double span) {
    List<Double> sorted = seconds.stream().sorted().toList();
    long most = 0;
    int first = 0;
    for (int i = 0; i < sorted.size(); i++) {
      while (sorted.get(i) - sorted.get(first) >= span) {
        first++;
      }
      most = Math.max(most, i - first + 1);
    }
    return most;
  }

  private void run(int number, double speed, boolean counts) throws Exception {
    int processes = worker.host.isNative() ? NATIVE_PROCESSES : JVM_PROCESSES;
    FunctionTimes functions = new FunctionTimes(worker.template, processes);
    SiteVersion version = SiteVersion.good("backend-2");
    CallLog log = null;
    try (SampleAccount account = new SampleAccount(worker, speed, number, version, functions)) {
      account.answer(ApprovalChoice.APPROVED, () -> {});
      worker.gateway.reset();
      log = new CallLog(speed);
      worker.gateway.intercept(log);
      long began = System.nanoTime();
      List<String> executions = new ArrayList<>();
      for (BookingSite.Application application : account.site.more()) {
        String input = SampleAccount.release(application, SampleAccount.SHORT_STEPS);
        executions.add(account.stack.start(application.name(), input));
        // Nobody starts so many in the same moment.
        Thread.sleep((long) (BEGIN_WITHIN_SECONDS * 1000 / speed / number));
      }
      int released = 0;
      long transitions = 0;
      for (String execution : executions) {
        var ended = account.stack.await(execution);
        transitions += account.stack.states().transitions(execution);
        if (ended.status() == ExecutionStatus.SUCCEEDED) {
          released++;
        } else {
          notice.accept("%s: %s".formatted(execution.replaceAll(".*:", ""), ended.cause()));
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      if (counts) {
        record(number, released, seconds * speed, transitions, functions, log);
      }
    } finally {
      worker.gateway.removeInterceptor(log);
    }
  }

  private void record(
      int number,
      int released,
      double seconds,
      long transitions,
      FunctionTimes functions,
      CallLog log) {
    String subject = number + " at once";
    double millis =
        functions.times().values().stream()
            .flatMap(List::stream)
            .mapToDouble(FunctionTimes.Time::wholeMillis)
            .sum();
    add(subject, "released", released);
    add(subject, "AWS calls of each", (double) log.calls().size() / number);
    add(subject, "transitions of each", (double) transitions / number);
    add(subject, "function time of each, ms", millis / number);
    add(subject, "all of them, s", seconds);
    add(subject, "functions' memory now, MiB", memoryMib());
    busiest(log.calls())
        .forEach((operation, most) -> recorder.add(RATES, operation, packaging, subject, most));
  }

  /** Of all processes of the functions, as Linux counts resident memory; 0 elsewhere. */
  private static double memoryMib() {
    return ProcessHandle.current()
            .children()
            .mapToLong(process -> ProcessMemory.residentKib(process.pid()).orElse(0))
            .sum()
        / 1024.0;
  }

  private void add(String subject, String quantity, double value) {
    recorder.add(WHOLE, subject, packaging, quantity, value);
  }
}
