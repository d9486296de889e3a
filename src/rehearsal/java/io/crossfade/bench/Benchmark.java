package io.crossfade.bench;

import io.crossfade.bench.BenchOptions.Part;
import io.crossfade.localaws.lambda.Artifact;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.matrix.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures the packaged functions side by side with what people would write instead, prints tables
 * and writes {@code target/bench/bench.json}. Exit status 1 means that a part of it broke off, 2
 * that an option was wrong.
 */
public final class Benchmark {
  static final Path FOLDER = Path.of("target", "bench");
  private static final Path FUNCTION_ZIP = Path.of("target", "function.zip");
  private static final Path CLIENT = FOLDER.resolve("client");
  private static final Path DOCUMENT = Path.of("docs", "performance.md");

  private final BenchOptions options;
  private final Path home;
  private final String at = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  private final Machine machine = Machine.here();
  private final Map<String, String> versions = new TreeMap<>();
  private final List<String> notices = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();

  private Worker worker;

  private Benchmark(BenchOptions options) throws IOException {
    this.options = options;
    this.home = Files.createDirectories(FOLDER.resolve("home")).toAbsolutePath();
  }

  static {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
  }

  public static void main(String[] arguments) throws Exception {
    try {
      BenchOptions options = BenchOptions.from(System.getProperties());
      System.exit(new Benchmark(options).run() ? 0 : 1);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
    }
  }

  /** Whether every part came to its end. */
  private boolean run() throws Exception {
    long began = System.nanoTime();
    versions.put("java", Runtime.version().toString());
    boolean whole = true;
    for (Part part : Part.values()) {
      if (options.parts().contains(part)) {
        whole &= completed(part);
        report().write(FOLDER.resolve("bench.json"));
      }
    }
    if (worker != null) {
      worker.close();
    }
    BenchReport report = report();
    for (Part part : Part.values()) {
      PartTables.of(part, report)
          .ifPresent(tables -> System.out.printf("%n%s%n%n%s%n", part.label(), tables));
    }
    System.out.println();
    notices.forEach(notice -> System.out.println("notice: " + notice));
    System.out.printf("It took %d s.%n", (System.nanoTime() - began) / 1_000_000_000);
    System.out.println("Every sample: " + FOLDER.resolve("bench.json").toAbsolutePath());
    if (options.writesDocs()) {
      PerformanceDoc.write(report, DOCUMENT);
      System.out.println("Renewed: " + DOCUMENT);
    }
    return whole;
  }

  private BenchReport report() {
    return new BenchReport(at, machine, versions, notices, measurements);
  }

  /** What breaks off must not take the other parts with it. */
  private boolean completed(Part part) {
    try {
      run(part);
      return true;
    } catch (Exception | AssertionError broken) {
      note("%s broke off: %s".formatted(part.label(), broken));
      broken.printStackTrace();
      return false;
    }
  }

  private void run(Part part) throws Exception {
    switch (part) {
      case COLD_START -> coldStarts();
      case RELEASE ->
          measurements.addAll(
              new HappyReleases(worker(), packaging(), Benchmark::say).measure(fewRuns()));
      case REACTION ->
          measurements.addAll(
              new Reactions(worker(), packaging(), Benchmark::say)
                  .measure(Math.max(1, options.runs() / 10)));
      case SCALE ->
          measurements.addAll(
              new Scale(worker(), packaging(), Benchmark::say, this::note).measure(atOnce()));
      case VISITORS ->
          measurements.addAll(
              new VisitedReleases(worker(), packaging(), Benchmark::say, this::note)
                  .measure(visitors()));
      case ACCOUNT -> measurements.addAll(AccountQuotas.compute());
    }
  }

  private void coldStarts() throws Exception {
    try (WaitingRelease release = new WaitingRelease(worker())) {
      measurements.addAll(
          new ColdStarts(release, home, Benchmark::say, this::note)
              .measure(variants(release), options.runs()));
    }
  }

  /** The packaged functions; they are started once, for they take long. */
  private Worker worker() {
    if (worker == null) {
      worker = new Worker(FOLDER.resolve("functions"));
    }
    return worker;
  }

  private String packaging() {
    return worker().host.isNative() ? Variant.NATIVE : Variant.JVM_SHARED;
  }

  /** Of what takes long itself. */
  private int fewRuns() {
    return Math.max(1, options.runs() * 3 / BenchOptions.RUNS);
  }

  private List<Integer> atOnce() {
    return options.runs() < BenchOptions.RUNS ? List.of(1, 3) : List.of(1, 10, 50);
  }

  private List<Integer> visitors() {
    return options.runs() < BenchOptions.RUNS ? List.of(50) : List.of(150, 500, 1000);
  }

  private List<Variant> variants(WaitingRelease release) throws Exception {
    List<Variant> found = new ArrayList<>();
    executable().ifPresentOrElse(found::add, () -> note("no native executable in target/"));
    found.addAll(jvm(release));
    Peers peers = new Peers(FOLDER, this::note);
    peers.python().ifPresent(found::add);
    peers.node().ifPresent(found::add);
    versions.putAll(peers.versions());
    return found;
  }

  /** Quarkus leaves it beside the JVM build, under the name of the project. */
  private static Optional<Variant> executable() throws IOException {
    try (var files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner"))
          .filter(Files::isExecutable)
          .map(Path::toAbsolutePath)
          .findFirst()
          .map(
              file ->
                  new Variant(
                      Variant.NATIVE,
                      function -> List.of(file.toString()),
                      file.getParent(),
                      Map.of()));
    }
  }

  private List<Variant> jvm(WaitingRelease release) throws Exception {
    if (FunctionHost.isNative(FUNCTION_ZIP) || !Files.isDirectory(CLIENT)) {
      note("no JVM build in target/function.zip, or no runtime interface client in " + CLIENT);
      return List.of();
    }
    Artifact artifact = Artifact.unzip(FUNCTION_ZIP, FOLDER.resolve("functions").toAbsolutePath());
    try (var jars = Files.list(CLIENT)) {
      jars.map(jar -> jar.getFileName().toString())
          .filter(name -> name.startsWith("aws-lambda-java-runtime-interface-client-"))
          .forEach(
              name ->
                  versions.put("runtime interface client", name.replaceAll("[^0-9.]|\\.jar", "")));
    }
    JvmVariants jvm = new JvmVariants(artifact, CLIENT, FOLDER.resolve("archives"));
    for (FunctionCall call : release.functionCalls()) {
      jvm.archive(call, release.config(call.function()), home);
    }
    return List.of(jvm.plain(), jvm.sharing());
  }

  private void note(String notice) {
    notices.add(notice);
    say("notice: " + notice);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
