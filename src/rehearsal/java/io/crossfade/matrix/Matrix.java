package io.crossfade.matrix;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Tries every cell and every planted defect, several side by side. Exit status 0 means that every
 * cell survived and every defect was found, 1 that one was not, 2 that an option was wrong.
 *
 * <p>Options: {@code -Dworkers=3} for how many side by side, by default as many as the memory holds
 * and at most four, {@code -Dlanes=3} is an older spelling of it; {@code -Dcells=REGEX} for some
 * cells and defects only.
 */
public final class Matrix {
  private static final Path FOLDER = Path.of("target", "matrix");
  private static final int WORKERS = 4;
  private static final int MOST_WORKERS = 8;
  private static final int GIB_PER_WORKER = 3;
  private static final int TRIES = 3;

  private final ResultLog log = new ResultLog(FOLDER);

  private static final double SPEED = 90;

  /**
   * A call that hangs is given up after one attempt and not after three. The local account's time
   * is faster than a client's timeouts.
   */
  private static final Map<String, String> IMPATIENT =
      Map.of("CROSSFADE_CALL_TIMEOUT", "5S", "QUARKUS_S3_API_CALL_TIMEOUT", "5S");

  private final List<Worker> workers = new ArrayList<>();

  /** How each path ends while nothing goes wrong. */
  private final Map<ReleasePath, EndState> ends = new EnumMap<>(ReleasePath.class);

  private Matrix() {}

  static {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(run());
  }

  private static int run() throws Exception {
    String option = System.getProperty("workers", "").isEmpty() ? "lanes" : "workers";
    String workers = System.getProperty(option, "");
    if (!workers.matches("[1-%d]?".formatted(MOST_WORKERS))) {
      System.err.printf("%s: expected 1 to %d, found \"%s\"%n", option, MOST_WORKERS, workers);
      return 2;
    }
    int number = workers.isEmpty() ? workersByDefault() : Integer.parseInt(workers);
    if (number * GIB_PER_WORKER > memoryGib()) {
      System.err.printf(
          "%s: %d need %d GiB of memory, this machine has %d%n",
          option, number, number * GIB_PER_WORKER, memoryGib());
      return 2;
    }
    try {
      return new Matrix().play(number, Pattern.compile(System.getProperty("cells", "")));
    } catch (PatternSyntaxException unreadable) {
      System.err.println("cells: expected a regular expression: " + unreadable.getMessage());
      return 2;
    }
  }

  /** One worker's memory is left for the accounts themselves and for whoever runs this. */
  private static int workersByDefault() {
    return (int) Math.max(1, Math.min(WORKERS, memoryGib() / GIB_PER_WORKER - 1));
  }

  private static long memoryGib() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getTotalMemorySize() >> 30;
  }

  private int play(int number, Pattern wanted) throws Exception {
    System.out.printf("Starting the packaged functions, %d times side by side ...%n", number);
    for (int i = 1; i <= number; i++) {
      workers.add(new Worker(FOLDER.resolve("worker-" + i), SPEED, IMPATIENT));
    }
    try {
      List<MatrixCell> cells =
          cells().stream().filter(cell -> wanted.matcher(cell.id()).find()).toList();
      List<PlantedDefect> defects =
          PlantedDefect.all().stream()
              .filter(defect -> wanted.matcher(defect.id()).find())
              .toList();
      List<Trial> trials = new ArrayList<>();
      cells.forEach(cell -> trials.add(Trial.of(cell)));
      defects.forEach(defect -> trials.add(Trial.of(defect)));
      if (trials.isEmpty()) {
        System.err.printf("cells: no cell's and no defect's name has \"%s\" in it%n", wanted);
        return 2;
      }
      tryAll(trials);
      MatrixReport report = report(cells, defects);
      report.write(FOLDER.resolve("matrix.json"));
      System.out.print(report.table(cells));
      System.out.println(report.resultLine());
      System.out.println(report.defectsLine());
      return report.passed() ? 0 : 1;
    } finally {
      workers.forEach(Worker::close);
    }
  }

  private MatrixReport report(List<MatrixCell> cells, List<PlantedDefect> defects) {
    Map<PlantedDefect, CellResult> planted = new EnumMap<>(PlantedDefect.class);
    defects.forEach(defect -> planted.put(defect, log.get(defect.id())));
    return new MatrixReport(cells.stream().map(cell -> log.get(cell.id())).toList(), planted);
  }

  /** A cell in Crossfade as it is, or in one with a defect that is to be found. */
  private record Trial(String id, MatrixCell cell, PlantedDefect defect) {
    static Trial of(MatrixCell cell) {
      return new Trial(cell.id(), cell, PlantedDefect.NONE);
    }

    static Trial of(PlantedDefect defect) {
      return new Trial(defect.id(), defect.cell, defect);
    }

    CellResult result(String outcome, String reason, boolean reached, List<String> violations) {
      return new CellResult(id, outcome, reason, reached, violations);
    }

    String sentence(CellResult result) {
      if (defect == PlantedDefect.NONE) {
        return result.sentence();
      }
      return defect.isFoundBy(result) ? "found" : "NOT FOUND: " + result.violations();
    }
  }

  private List<MatrixCell> cells() throws InterruptedException {
    List<MatrixCell> cells = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (ReleasePath path : ReleasePath.values()) {
      try (CellRun run = new CellRun(workers.get(0), path, PlantedDefect.NONE)) {
        CellRun.Recording recording = run.record();
        if (path == ReleasePath.REVERT) {
          // It plans and changes with both colours the other way round; it looks as a release does.
          known.removeAll(MatrixCells.CHANGING);
          known.remove("Plan");
        }
        cells.addAll(MatrixCells.of(path, recording, known));
        known.addAll(recording.states());
        ends.put(path, recording.end());
      }
    }
    return cells;
  }

  private EndState released(ReleasePath path) {
    return ends.get(path == ReleasePath.REVERT ? path : ReleasePath.RELEASE);
  }

  private void tryAll(List<Trial> trials) throws InterruptedException {
    Queue<Trial> open = new ConcurrentLinkedQueue<>();
    trials.stream().filter(run -> !log.has(run.id())).forEach(open::add);
    System.out.printf(
        "%d cells and defects, %d of them done before%n",
        trials.size(), trials.size() - open.size());
    AtomicInteger done = new AtomicInteger(trials.size() - open.size());
    List<Thread> threads = new ArrayList<>();
    for (Worker worker : workers) {
      Thread thread = new Thread(() -> work(worker, open, done, trials.size()), "worker");
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work(Worker worker, Queue<Trial> open, AtomicInteger done, int all) {
    for (Trial run = open.poll(); run != null; run = open.poll()) {
      CellResult result = tried(worker, run);
      log.add(result);
      System.out.printf(
          "%4d/%d %-90s %-18s %s%n",
          done.incrementAndGet(), all, run.id(), result.outcome(), run.sentence(result));
    }
  }

  /** What is only polite, or done by a new function alone, may not come up the first time. */
  private CellResult tried(Worker worker, Trial run) {
    CellResult result = triedOnce(worker, run);
    for (int i = 1; i < TRIES && !result.reached() && result.violations().isEmpty(); i++) {
      result = triedOnce(worker, run);
    }
    return result;
  }

  private CellResult triedOnce(Worker worker, Trial tried) {
    try (CellRun run = new CellRun(worker, tried.cell().path(), tried.defect())) {
      CellResult result = run.run(tried.cell(), released(tried.cell().path()));
      return tried.result(result.outcome(), result.reason(), result.reached(), result.violations());
    } catch (InterruptedException | RuntimeException | AssertionError broken) {
      return tried.result(CellResult.BROKEN, "", true, List.of(String.valueOf(broken)));
    }
  }
}
