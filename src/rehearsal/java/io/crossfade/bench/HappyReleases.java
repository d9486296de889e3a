package io.crossfade.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.approval.ApprovalChoice;
import io.crossfade.bench.BenchOptions.Part;
import io.crossfade.bench.FunctionTimes.Time;
import io.crossfade.cost.Cost;
import io.crossfade.matrix.Worker;
import io.crossfade.site.SiteVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * What a release takes that succeeds, with the steps that it has by default. Waits are shortened,
 * everything else takes its own time. The approver clicks at once, so that nobody's time is in it.
 */
final class HappyReleases {
  private static final double SPEED = 60;
  private static final String WHOLE = Part.RELEASE.label();
  private static final String CALLS = WHOLE + "/calls";
  private static final String FUNCTIONS = WHOLE + "/functions";
  private static final String SUBJECT = "a release";

  private final Worker worker;
  private final String variant;
  private final Consumer<String> progress;
  private final Recorder recorder = new Recorder();

  HappyReleases(Worker worker, String variant, Consumer<String> progress) {
    this.worker = worker;
    this.variant = variant;
    this.progress = progress;
  }

  /** The first release is not counted: its functions have never been called before. */
  List<Measurement> measure(int runs) throws Exception {
    for (int run = 0; run <= runs; run++) {
      progress.accept("releases: %d of %d".formatted(run, runs));
      release(run > 0);
    }
    return recorder.measurements();
  }

  private void release(boolean counts) throws Exception {
    StateTimes states = StateTimes.ofReleases();
    FunctionTimes functions = new FunctionTimes(worker.template, Integer.MAX_VALUE);
    SiteVersion version = SiteVersion.good("backend-2");
    try (SampleAccount account = new SampleAccount(worker, SPEED, 0, version, functions)) {
      account.answer(ApprovalChoice.APPROVED, () -> {});
      account.stack.states().addListener(states);
      worker.gateway.intercept(functions);
      worker.gateway.reset();
      long began = System.nanoTime();
      String execution =
          account.stack.start("bench", SampleAccount.release(account.site.backend(), ""));
      var ended = account.stack.await(execution);
      long end = System.nanoTime();
      if (ended.status() != ExecutionStatus.SUCCEEDED) {
        throw new IllegalStateException(
            "the release ended in %s: %s".formatted(ended.error(), ended.cause()));
      }
      if (counts) {
        double waits = states.waited(began, end) / 1e9 * SPEED;
        double overhead = (end - began - states.waited(began, end)) / 1e9;
        long transitions = account.stack.states().transitions(execution);
        record(waits, overhead, transitions, states, functions.times());
      }
    } finally {
      worker.gateway.removeInterceptor(functions);
    }
  }

  private void record(
      double waits,
      double overhead,
      long transitions,
      StateTimes states,
      Map<String, List<Time>> functions) {
    Map<String, Long> calls = new TreeMap<>(worker.gateway.callCounts());
    double millis =
        functions.values().stream().flatMap(List::stream).mapToDouble(Time::wholeMillis).sum();
    long invocations = functions.values().stream().mapToLong(List::size).sum();
    add("configured waits, s", waits);
    add("overhead, s", overhead);
    add("overhead, % of the waits", 100 * overhead / waits);
    add("AWS calls", calls.values().stream().mapToLong(Long::longValue).sum());
    add("state transitions", transitions);
    add("invocations", invocations);
    add("function time, ms", millis);
    add("largest document, bytes", states.largestDocument());
    add("cost, US cents", 100 * cost(calls, transitions, invocations, millis));
    calls.forEach((operation, count) -> recorder.add(CALLS, operation, variant, "calls", count));
    functions.forEach(
        (handler, times) -> {
          recorder.add(FUNCTIONS, handler, variant, "invocations", times.size());
          times.forEach(
              time -> {
                recorder.add(FUNCTIONS, handler, variant, "warm answer, ms", time.wholeMillis());
                recorder.add(
                    FUNCTIONS, handler, variant, "without the calls, ms", time.ownMillis());
              });
        });
  }

  private void add(String quantity, double value) {
    recorder.add(WHOLE, SUBJECT, variant, quantity, value);
  }

  private double cost(Map<String, Long> calls, long transitions, long invocations, double millis) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("stateTransitions", transitions);
    report.putObject("versions").put("artifact", worker.host.isNative() ? "native" : "jvm");
    report
        .putArray("functions")
        .addObject()
        .put("invocations", invocations)
        .put("totalMillis", millis);
    report.set("awsCalls", new ObjectMapper().valueToTree(calls));
    return Cost.ofCalls(report);
  }
}
