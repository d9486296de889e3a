package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.bench.BenchOptions.Part;
import io.crossfade.localaws.lambda.FunctionConfig;
import io.crossfade.localaws.lambda.FunctionProcess;
import io.crossfade.localaws.states.FunctionError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts a process of a function, has it answer one call with all of its AWS calls, and a few more,
 * and ends it. A process's start on a machine that has read the files before is no cold start of
 * AWS: nothing is fetched and no sandbox is made.
 */
final class ColdStarts {
  static final String FIRST_POLL = "first poll, ms";
  static final String FIRST_ANSWER = "first answer, ms";

  /**
   * From the first poll to the first answer: what is left for a call once a process has started.
   */
  static final String STARTED_ANSWER = "first answer of a started process, ms";

  static final String WARM = "warm answer, ms";
  private static final String PROCESSOR = "processor time, ms";
  private static final String MEMORY = "peak memory, MiB";
  private static final String CALLS = "AWS calls";
  private static final int WARM_CALLS = 5;

  /** So that the whole benchmark ends within a quarter of an hour on a slow machine, too. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final WaitingRelease release;
  private final Path home;
  private final Consumer<String> progress;
  private final Consumer<String> notice;

  ColdStarts(
      WaitingRelease release, Path home, Consumer<String> progress, Consumer<String> notice) {
    this.release = release;
    this.home = home.toAbsolutePath();
    this.progress = progress;
    this.notice = notice;
  }

  /** A function in one of its variants. */
  private record Start(FunctionCall call, Variant variant) {}

  /**
   * @param runs how often each is measured, after one run that is not counted
   */
  List<Measurement> measure(List<Variant> variants, int runs) throws Exception {
    List<Start> starts = new ArrayList<>();
    for (FunctionCall call : release.functionCalls()) {
      variants.forEach(variant -> starts.add(new Start(call, variant)));
    }
    for (Start start : starts) {
      run(start, new Recorder());
    }
    Recorder recorder = new Recorder();
    int round = 0;
    long began = System.nanoTime();
    for (List<Start> order : Interleaving.rounds(starts, runs)) {
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        notice.accept(
            "cold starts took longer than %s, so that each has %d samples, not %d"
                .formatted(LIMIT, round, runs));
        break;
      }
      progress.accept("cold starts: round %d of %d".formatted(++round, runs));
      for (Start start : order) {
        run(start, recorder);
      }
    }
    return inOrder(recorder.measurements(), starts);
  }

  private void run(Start start, Recorder recorder) throws Exception {
    Map<String, Long> before = release.calls();
    Variant variant = start.variant();
    String function = start.call().function();
    FunctionConfig config = release.config(function);
    Map<String, String> environment = new HashMap<>(config.environment());
    environment.putAll(variant.environment());
    FunctionConfig own =
        new FunctionConfig(config.name(), environment, config.timeout(), config.memoryMb());
    long began = System.nanoTime();
    try (FunctionProcess process =
        FunctionProcess.start(own, variant.command().apply(function), variant.folder(), home)) {
      Timed timed = new Timed();
      start.call().make(payload -> timed.answer(() -> process.invoke(payload)));
      double firstPoll = millis(process.awaitFirstPoll());
      double firstAnswer = (timed.ended - began) / 1e6;
      add(recorder, start, FIRST_POLL, firstPoll);
      add(recorder, start, FIRST_ANSWER, firstAnswer);
      add(recorder, start, STARTED_ANSWER, firstAnswer - firstPoll);
      add(recorder, start, PROCESSOR, millis(process.processorTime()));
      process.peakMemoryKib().ifPresent(kib -> add(recorder, start, MEMORY, kib / 1024.0));
      add(recorder, start, CALLS, calls(before, release.calls()));
      for (int i = 0; i < WARM_CALLS; i++) {
        start.call().make(payload -> timed.answer(() -> process.invoke(payload)));
      }
      add(recorder, start, WARM, (timed.ended - timed.began) / 1e6);
    } catch (Exception | AssertionError failed) {
      throw new IllegalStateException(
          "%s as %s does not answer".formatted(function, variant.name()), failed);
    }
  }

  /** When the last call began and ended; what is set up for it does not count. */
  private static final class Timed {
    private long began;
    private long ended;

    private JsonNode answer(Answer answer) throws FunctionError {
      began = System.nanoTime();
      try {
        return answer.get();
      } finally {
        ended = System.nanoTime();
      }
    }
  }

  private interface Answer {
    JsonNode get() throws FunctionError;
  }

  private static double calls(Map<String, Long> before, Map<String, Long> after) {
    long sum = after.values().stream().mapToLong(Long::longValue).sum();
    return sum - before.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void add(Recorder recorder, Start start, String quantity, double value) {
    recorder.add(
        Part.COLD_START.label(), start.call().function(), start.variant().name(), quantity, value);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  /** As in a table, whatever began the first round. */
  private static List<Measurement> inOrder(List<Measurement> measured, List<Start> starts) {
    return starts.stream()
        .flatMap(
            start ->
                measured.stream()
                    .filter(each -> each.subject().equals(start.call().function()))
                    .filter(each -> each.variant().equals(start.variant().name())))
        .toList();
  }
}
