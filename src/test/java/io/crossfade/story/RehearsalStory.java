package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
              + " AWS_REGION=(\\S+) AWS_DEFAULT_REGION=\\4$");

  @TempDir Path folder;
  private RehearsalProcess rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new RehearsalProcess(folder, "-Dspeed=60", "-Dusers=10", "-Dstay=true");
  }

  @AfterEach
  void end() {
    rehearsal.close();
  }

  @Test
  void itsAwsCanBeReachedByThePrintedLineAndStaysUntilEnterIsPressed() throws Exception {
    rehearsal.awaitLine("stays until you press Enter");
    try (EcsClient ecs = clientOf(lastLine("export "))) {
      assertThat(ecs.listClusters().clusterArns()).singleElement().asString().endsWith("/site");
    }
    assertThat(rehearsal.said())
        .anyMatch(line -> line.contains("outcome=Released "))
        .noneMatch(line -> line.contains("Watch it at"));
    try (Stream<Path> written = Files.list(folder)) {
      assertThat(written.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("template.yaml", "statemachine", "target");
    }
    rehearsal.type("\n");
    assertThat(rehearsal.awaitExit()).isZero();
  }

  @Test
  void aSignalEndsItAndEveryFunctionThatItStarted() throws Exception {
    rehearsal.awaitLine("visitors come");
    List<ProcessHandle> functions = rehearsal.functions();
    assertThat(functions).hasSizeGreaterThan(3);
    assertThat(new ProcessBuilder("kill", "-INT", "" + rehearsal.pid()).start().waitFor()).isZero();
    rehearsal.awaitExit();
    for (ProcessHandle function : functions) {
      function.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  /** A rehearsal that begins anew at a lower speed has another AWS. */
  private String lastLine(String part) {
    return rehearsal.said().stream()
        .filter(line -> line.contains(part))
        .reduce((before, last) -> last)
        .orElseThrow();
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
