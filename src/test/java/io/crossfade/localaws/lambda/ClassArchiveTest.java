package io.crossfade.localaws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir static Path build;
  static Path zip;
  @TempDir Path work;
  private Artifact artifact;

  @BeforeAll
  static void packageIt() throws IOException {
    zip = FakeArtifact.write(build);
  }

  @BeforeEach
  void unzip() {
    artifact = Artifact.unzip(zip, work);
  }

  @Test
  void aProcessTakesItsClassesFromTheArchive() throws Exception {
    assertThat(run("-Xlog:class+load")).anyMatch(handlerFrom("function.jar"));
    artifact.archiveClasses(Map.of());
    assertThat(run("-Xlog:class+load")).anyMatch(handlerFrom("shared objects file (top)"));
  }

  private static java.util.function.Predicate<String> handlerFrom(String source) {
    return line -> line.contains("runtime.QuarkusStreamHandler ") && line.endsWith(source);
  }

  @Test
  void nothingStandsBesideTheFilesThatAreNeeded() throws IOException {
    artifact.archiveClasses(Map.of());
    assertThat(archives()).singleElement().asString().contains(Runtime.version().toString());
    assertThat(files()).hasSize(3);
  }

  @Test
  void theNextHostOfTheSameArtifactHasItAlready() throws IOException {
    artifact.archiveClasses(Map.of());
    Path archive = archives().get(0);
    var made = Files.getLastModifiedTime(archive);
    Artifact again = Artifact.unzip(zip, work);
    again.archiveClasses(Map.of());
    assertThat(again.command(128)).contains("-XX:SharedArchiveFile=" + archive);
    assertThat(archives()).containsExactly(archive);
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
  }

  @Test
  void anotherArtifactTakesThePlaceOfThisOne() throws IOException {
    Path other = work.resolve("other.zip");
    Files.copy(zip, other);
    Files.write(other, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
    Path folder = artifact.folder();
    assertThat(Artifact.unzip(other, work).folder()).isNotEqualTo(folder).isDirectory();
    assertThat(folder.getParent()).doesNotExist();
  }

  @Test
  void anArchiveThatDoesNotFitIsDoneWithoutAndNotTalkedOf() throws Exception {
    List<String> before = run();
    artifact.archiveClasses(Map.of());
    Files.setLastModifiedTime(function(), java.nio.file.attribute.FileTime.fromMillis(0));
    assertThat(run()).isEqualTo(before);
    Path archive = archives().get(0);
    assertThat(archive.toFile().setWritable(true)).isTrue();
    Files.writeString(archive, "no archive");
    assertThat(run()).isEqualTo(before);
  }

  @Test
  void whereNoneCanBeMadeThereIsNone() throws Exception {
    artifact.archiveClasses(Map.of("FAIL_AT_START", "1"));
    assertThat(archives()).isEmpty();
    assertThat(artifact.command(128)).noneMatch(option -> option.contains("SharedArchiveFile"));
  }

  @Test
  void twoHostsThatStartAtTheSameTimeDoNotDisturbEachOther() throws Exception {
    Path shared = work.resolve("shared");
    List<CompletableFuture<Artifact>> starts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      starts.add(
          CompletableFuture.supplyAsync(
              () -> {
                Artifact own = Artifact.unzip(zip, shared);
                own.archiveClasses(Map.of());
                return own;
              }));
    }
    for (CompletableFuture<Artifact> start : starts) {
      artifact = start.get(60, TimeUnit.SECONDS);
      assertThat(run("-Xlog:class+load")).anyMatch(handlerFrom("shared objects file (top)"));
    }
    try (Stream<Path> left = Files.list(shared)) {
      assertThat(left).hasSize(1);
    }
  }

  private Path function() {
    return artifact.folder().resolveSibling("runtime/function.jar");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(function().getParent())) {
      return files.toList();
    }
  }

  private List<Path> archives() throws IOException {
    return files().stream().filter(file -> file.toString().endsWith(".jsa")).toList();
  }

  /** What a process says that finds nobody to ask for work, and therefore ends. */
  private List<String> run(String... options) throws Exception {
    List<String> command = new ArrayList<>(artifact.command(128));
    command.addAll(command.size() - 3, List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.lines().toList();
  }
}
