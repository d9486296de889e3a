package io.crossfade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The same functions in Python and in Node.js, under {@code src/bench}. Their SDKs are installed
 * into {@code target/bench} by pip and npm. What cannot be had is left out, with a notice.
 */
final class Peers {
  private static final Path SOURCES = Path.of("src", "bench");

  private final Path folder;
  private final Consumer<String> notice;
  private final Map<String, String> versions = new TreeMap<>();

  Peers(Path folder, Consumer<String> notice) {
    this.folder = folder.toAbsolutePath();
    this.notice = notice;
  }

  /** Of those that were found. */
  Map<String, String> versions() {
    return versions;
  }

  /** Python with boto3: the one that pip installs, else the machine's own. */
  Optional<Variant> python() throws IOException, InterruptedException {
    Path sources = SOURCES.resolve("python").toAbsolutePath();
    Path libraries = Files.createDirectories(folder.resolve("python"));
    Optional<String> python =
        Commands.output(folder, List.of("python3", "-c", "import sys; print(sys.executable)"));
    if (python.isEmpty()) {
      notice.accept("no Python: its functions are left out");
      return Optional.empty();
    }
    Path requirements = sources.resolve("requirements.txt");
    String wanted = Files.readString(requirements).strip();
    Optional<String> version = boto3(python.get(), libraries);
    if (!version.map(found -> "boto3==" + found).equals(Optional.of(wanted))) {
      List<String> install =
          List.of(
              python.get(),
              "-m",
              "pip",
              "install",
              "--quiet",
              "--upgrade",
              "--target",
              libraries.toString(),
              "-r",
              requirements.toString());
      if (Commands.output(folder, install).isEmpty()) {
        notice.accept("pip could not install %s".formatted(wanted));
      }
      version = boto3(python.get(), libraries);
    }
    if (version.isEmpty()) {
      notice.accept("no boto3: the functions in Python are left out");
      return Optional.empty();
    }
    versions.put("boto3", version.get());
    versions.put(
        "python",
        Commands.output(folder, List.of(python.get(), "-V")).orElse("?").replace("Python ", ""));
    String runtime = sources.resolve("runtime.py").toString();
    return Optional.of(
        new Variant(
            Variant.PYTHON,
            function -> List.of(python.get(), runtime, function.replace('-', '_')),
            sources,
            Map.of(
                "PYTHONPATH", libraries.toString(),
                "PYTHONPYCACHEPREFIX", folder.resolve("pycache").toString())));
  }

  /** Its version, from these libraries or else from the machine's; empty if there is none. */
  private static Optional<String> boto3(String python, Path libraries) throws InterruptedException {
    String script =
        "import sys; sys.path.insert(0, sys.argv[1]); import boto3; print(boto3.__version__)";
    return Commands.output(libraries, List.of(python, "-c", script, libraries.toString()));
  }

  /** Node.js with the AWS SDK v3, bundled by esbuild as AWS SAM does. */
  Optional<Variant> node() throws IOException, InterruptedException {
    Path work = Files.createDirectories(folder.resolve("node"));
    Optional<String> version = Commands.output(folder, List.of("node", "--version"));
    if (version.isEmpty()) {
      notice.accept("no Node.js: its functions are left out");
      return Optional.empty();
    }
    try (var sources = Files.list(SOURCES.resolve("node"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Files.copy(source, work.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    boolean built =
        Commands.output(work, List.of("npm", "install", "--silent", "--no-audit", "--no-fund"))
                .isPresent()
            && Commands.output(work, List.of("npm", "run", "--silent", "build")).isPresent();
    if (!built) {
      notice.accept("npm could not install the AWS SDK: the functions in Node.js are left out");
      return Optional.empty();
    }
    versions.put("node", version.get());
    versions.put(
        "aws-sdk for javascript",
        Commands.output(
                work,
                List.of(
                    "node",
                    "-p",
                    "require('./node_modules/@aws-sdk/client-cloudwatch/package.json').version"))
            .orElse("?"));
    String runtime = work.resolve("runtime.cjs").toString();
    return Optional.of(
        new Variant(
            Variant.NODE,
            function ->
                List.of("node", runtime, work.resolve("dist/" + function + ".js").toString()),
            work,
            Map.of()));
  }
}
