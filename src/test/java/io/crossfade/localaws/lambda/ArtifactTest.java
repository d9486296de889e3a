package io.crossfade.localaws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Stack;
import io.crossfade.localaws.secrets.LocalSecretsManager;
import io.crossfade.localaws.template.FunctionResource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is hosted is what was built last, and nothing of what was built before. */
class ArtifactTest {
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "SlackSecretArn", LocalSecretsManager.arn("slack"),
          "SlackChannel", "C0LOCAL",
          "SlackTeamId", "T0LOCAL",
          "SlackAppId", "A0LOCAL",
          "SlackApprovers", "");

  @TempDir Path build;
  @TempDir Path work;

  @Test
  void aJvmBuildTakesThePlaceOfANativeOne() throws IOException {
    Artifact executable = Artifact.unzip(zip("native", "bootstrap"), work);
    assertThat(executable.isNative()).isTrue();

    Artifact jvm = Artifact.unzip(zip("jvm", "Handler.class", "lib/a.jar"), work);

    assertThat(jvm.isNative()).isFalse();
    assertThat(jvm.command(128)).noneMatch(argument -> argument.contains("bootstrap"));
    assertThat(files(work)).noneMatch(file -> file.endsWith("bootstrap"));
  }

  @Test
  void whatIsNotInTheZipAnyMoreIsGone() throws IOException {
    Artifact.unzip(zip("before", "Old.class", "Handler.class", "lib/a.jar", "lib/old.jar"), work);

    Artifact after = Artifact.unzip(zip("after", "Handler.class", "lib/a.jar"), work);

    assertThat(String.join(" ", after.command(128))).contains("a.jar").doesNotContain("old.jar");
    assertThat(files(work))
        .filteredOn(file -> file.contains("task/"))
        .extracting(file -> file.substring(file.indexOf("task/")))
        .containsExactlyInAnyOrder("task/Handler.class", "task/lib/a.jar");
  }

  @Test
  void hostsThatStartAtTheSameTimeAllHaveTheNewOne() throws Exception {
    Artifact.unzip(zip("before", "bootstrap"), work);
    Path zip = zip("after", "Handler.class", "lib/a.jar");
    List<CompletableFuture<Artifact>> starts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      starts.add(CompletableFuture.supplyAsync(() -> Artifact.unzip(zip, work)));
    }
    for (CompletableFuture<Artifact> start : starts) {
      assertThat(start.get(60, TimeUnit.SECONDS).folder().resolve("lib/a.jar")).exists();
    }
    assertThat(files(work)).noneMatch(file -> file.endsWith("bootstrap"));
  }

  @Test
  void theTemplateIsResolvedForWhatTheZipHolds() throws IOException {
    FunctionResource executable = slackCallback(zip("native", "bootstrap"));
    assertThat(executable.memoryMb()).isEqualTo(1769);
    assertThat(executable.environment()).containsEntry("CROSSFADE_CALL_TIMEOUT", "600ms");

    FunctionResource jvm = slackCallback(zip("jvm", "Handler.class", "lib/a.jar"));
    assertThat(jvm.memoryMb()).isEqualTo(1769);
    assertThat(jvm.environment()).containsEntry("CROSSFADE_CALL_TIMEOUT", "2500ms");
  }

  @Test
  void anArtifactThatIsNotThereIsToldOf() {
    assertThatThrownBy(() -> FunctionHost.isNative(build.resolve("gone.zip")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot read ")
        .hasMessageContaining("gone.zip");
  }

  private static FunctionResource slackCallback(Path zip) {
    return Stack.template("site", zip, PARAMETERS).functions().stream()
        .filter(function -> function.environment().containsKey("CROSSFADE_CALL_TIMEOUT"))
        .findFirst()
        .orElseThrow();
  }

  private Path zip(String name, String... entries) throws IOException {
    Path zip = build.resolve(name + ".zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return zip;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.toString().replace('\\', '/'))
          .toList();
    }
  }
}
