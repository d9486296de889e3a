package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.rehearsal.Rehearsal;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/** The rehearsal as a process of its own, as somebody at a shell has it. */
@DisabledOnOs(OS.WINDOWS)
class RehearsalStory {
  private static final Pattern EXPORT =
      Pattern.compile(
          "export AWS_ENDPOINT_URL=(\\S+) AWS_ACCESS_KEY_ID=(\\S+) AWS_SECRET_ACCESS_KEY=(\\S+)"
              + " AWS_DEFAULT_REGION=(\\S+)$");

  @TempDir Path folder;
  private Process process;
  private BufferedReader output;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    for (String read : List.of("template.yaml", "statemachine", "target/function.zip")) {
      Path link = folder.resolve(read);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Path.of(read).toAbsolutePath());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of("-Dspeed=60", "-Dusers=10", "-Dstay=true", Rehearsal.class.getName()));
    process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    output = process.inputReader();
  }

  @AfterEach
  void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Test
  void itsAwsCanBeReachedByThePrintedLineAndStaysUntilEnterIsPressed() throws Exception {
    awaitLine("stays until you press Enter");
    try (EcsClient ecs = clientOf(lastLine("export "))) {
      assertThat(ecs.listClusters().clusterArns()).singleElement().asString().endsWith("/site");
    }
    assertThat(said).anyMatch(line -> line.contains("outcome=Released "));
    try (Stream<Path> written = Files.list(folder)) {
      assertThat(written.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("template.yaml", "statemachine", "target");
    }
    process.outputWriter().append('\n').flush();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aSignalEndsItAndEveryFunctionThatItStarted() throws Exception {
    awaitLine("visitors come");
    List<ProcessHandle> functions = process.descendants().toList();
    assertThat(functions).hasSizeGreaterThan(3);
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    for (ProcessHandle function : functions) {
      function.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  private void awaitLine(String part) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.contains(part)) {
        return;
      }
    }
    assertThat(said).as("what was printed").anyMatch(line -> line.contains(part));
  }

  /** A rehearsal that begins anew at a lower speed has another AWS. */
  private String lastLine(String part) {
    return said.stream().filter(line -> line.contains(part)).reduce((a, b) -> b).orElseThrow();
  }

  private static EcsClient clientOf(String line) {
    Matcher export = EXPORT.matcher(line);
    assertThat(export.find()).as(line).isTrue();
    return EcsClient.builder()
        .endpointOverride(URI.create(export.group(1)))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(export.group(2), export.group(3))))
        .region(Region.of(export.group(4)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
