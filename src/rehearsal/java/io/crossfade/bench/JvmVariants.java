package io.crossfade.bench;

import io.crossfade.localaws.lambda.Artifact;
import io.crossfade.localaws.lambda.FunctionConfig;
import io.crossfade.localaws.lambda.FunctionProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JVM artifact under AWS's own runtime interface client. Without shared classes it is laid out
 * as in Lambda's managed runtime: the client alone on the class path, and the artifact loaded by
 * the client's own class loader. Class-data sharing knows no such loader, so with it the artifact
 * is on the class path too, as in a container image.
 */
final class JvmVariants {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String HANDLER =
      "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";
  private static final int MEMORY_MB = 1024;

  private final Artifact artifact;
  private final List<Path> client;
  private final Path archives;

  /**
   * @param client folder with AWS's runtime interface client and what it needs
   * @param archives folder for the class archives, one for each function
   */
  JvmVariants(Artifact artifact, Path client, Path archives) throws IOException {
    this.artifact = artifact;
    this.archives = Files.createDirectories(archives).toAbsolutePath();
    try (Stream<Path> jars = Files.list(client)) {
      this.client = jars.map(Path::toAbsolutePath).sorted().toList();
    }
  }

  Variant plain() {
    return new Variant(
        Variant.JVM, function -> command(List.of(), client), artifact.folder(), Map.of());
  }

  Variant sharing() {
    return new Variant(
        Variant.JVM_SHARED,
        function -> command(List.of("-XX:SharedArchiveFile=" + archive(function)), whole()),
        artifact.folder(),
        Map.of());
  }

  /** The artifact has the client's interfaces as well, in a library of the same version or not. */
  private List<Path> whole() {
    return Stream.concat(
            client.stream(),
            artifact.jars().stream()
                .filter(jar -> !jar.getFileName().toString().contains("aws-lambda-java-core")))
        .toList();
  }

  private static List<String> command(List<String> options, List<Path> classPath) {
    List<String> command = new ArrayList<>(Artifact.java(MEMORY_MB));
    command.addAll(options);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(MAIN);
    command.add(HANDLER);
    return command;
  }

  private Path archive(String function) {
    return archives.resolve(function + ".jsa");
  }

  /**
   * Writes the archive of the classes that one start and one call of a function load.
   *
   * @param home of the process
   */
  void archive(FunctionCall call, FunctionConfig config, Path home) throws Exception {
    Files.deleteIfExists(archive(call.function()));
    List<String> options = List.of("-XX:ArchiveClassesAtExit=" + archive(call.function()));
    try (FunctionProcess process =
        FunctionProcess.start(config, command(options, whole()), artifact.folder(), home)) {
      call.make(process::invoke);
      process.end();
    }
    if (!Files.exists(archive(call.function()))) {
      throw new IllegalStateException("no class archive was written for " + call.function());
    }
  }
}
