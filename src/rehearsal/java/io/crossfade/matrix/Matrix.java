package io.crossfade.matrix;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Tries every cell, several side by side. Exit status 0 means that every cell survived, 1 that one
 * did not or was not reached, 2 that an option was wrong.
 *
 * <p>Options: {@code -Dlanes=3} for how many side by side, by default as many as the memory holds
 * and at most four; {@code -Dcells=REGEX} for some cells only.
 */
public final class Matrix {
  private static final Path FOLDER = Path.of("target", "matrix");
  private static final int LANES = 4;
  private static final int MOST_LANES = 8;
  private static final int GIB_PER_LANE = 4;
  private static final int TRIES = 3;

  private final ResultLog progress = new ResultLog(FOLDER);
  private final List<Worker> lanes = new ArrayList<>();
  private EndState released;

  private Matrix() {}

  static {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(run());
  }

  private static int run() throws Exception {
    String lanes = System.getProperty("lanes", "");
    if (!lanes.matches("[1-%d]?".formatted(MOST_LANES))) {
      System.err.printf("lanes: expected 1 to %d, found \"%s\"%n", MOST_LANES, lanes);
      return 2;
    }
    int number = lanes.isEmpty() ? lanesByDefault() : Integer.parseInt(lanes);
    if (number * GIB_PER_LANE > memoryGib()) {
      System.err.printf(
          "lanes: %d need %d GiB of memory, this machine has %d%n",
          number, number * GIB_PER_LANE, memoryGib());
      return 2;
    }
    try {
      return new Matrix().play(number, Pattern.compile(System.getProperty("cells", "")));
    } catch (PatternSyntaxException unreadable) {
      System.err.println("cells: expected a regular expression: " + unreadable.getMessage());
      return 2;
    }
  }

  /** One lane's memory is left for the accounts themselves and for whoever runs this. */
  private static int lanesByDefault() {
    return (int) Math.max(1, Math.min(LANES, memoryGib() / GIB_PER_LANE - 1));
  }

  private static long memoryGib() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getTotalMemorySize() >> 30;
  }

  private int play(int number, Pattern wanted) throws Exception {
    System.out.printf("Starting the packaged functions, %d times side by side ...%n", number);
    for (int i = 1; i <= number; i++) {
      lanes.add(new Worker(FOLDER.resolve("lane-" + i)));
    }
    try {
      List<MatrixCell> cells =
          cells().stream().filter(cell -> wanted.matcher(cell.id()).find()).toList();
      if (cells.isEmpty()) {
        System.err.printf("cells: no cell's name has \"%s\" in it%n", wanted);
        return 2;
      }
      tryAll(cells);
      MatrixReport report = new MatrixReport(cells.stream().map(progress::get).toList());
      report.write(FOLDER.resolve("matrix.json"));
      System.out.print(report.table(cells));
      System.out.println(report.resultLine());
      return report.passed() ? 0 : 1;
    } finally {
      lanes.forEach(Worker::close);
    }
  }

  private List<MatrixCell> cells() throws InterruptedException {
    List<MatrixCell> cells = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (ReleasePath course : ReleasePath.values()) {
      try (CellRun trial = new CellRun(lanes.get(0), course, PlantedDefect.NONE)) {
        CellRun.Recording recording = trial.record();
        cells.addAll(MatrixCells.of(course, recording, known));
        known.addAll(recording.states());
        released = course == ReleasePath.RELEASE ? recording.end() : released;
      }
    }
    return cells;
  }

  private void tryAll(List<MatrixCell> cells) throws InterruptedException {
    Queue<MatrixCell> open = new ConcurrentLinkedQueue<>();
    cells.stream().filter(cell -> !progress.has(cell)).forEach(open::add);
    System.out.printf(
        "%d cells, %d of them done before%n", cells.size(), cells.size() - open.size());
    AtomicInteger done = new AtomicInteger(cells.size() - open.size());
    List<Thread> threads = new ArrayList<>();
    for (Worker lane : lanes) {
      Thread thread = new Thread(() -> work(lane, open, done, cells.size()), "lane");
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work(Worker lane, Queue<MatrixCell> open, AtomicInteger done, int all) {
    for (MatrixCell cell = open.poll(); cell != null; cell = open.poll()) {
      CellResult result = tried(lane, cell);
      progress.add(result);
      System.out.printf(
          "%4d/%d %-90s %-18s %s%n",
          done.incrementAndGet(), all, cell.id(), result.outcome(), result.sentence());
    }
  }

  /** What is only polite, or done by a new function alone, may not come up the first time. */
  private CellResult tried(Worker lane, MatrixCell cell) {
    CellResult result = triedOnce(lane, cell);
    for (int i = 1; i < TRIES && !result.reached() && result.violations().isEmpty(); i++) {
      result = triedOnce(lane, cell);
    }
    return result;
  }

  private CellResult triedOnce(Worker lane, MatrixCell cell) {
    try (CellRun trial = new CellRun(lane, cell.course(), PlantedDefect.NONE)) {
      return trial.run(cell, released);
    } catch (InterruptedException | RuntimeException | AssertionError broken) {
      return new CellResult(
          cell.id(), CellResult.BROKEN, "", true, List.of(String.valueOf(broken)));
    }
  }
}
