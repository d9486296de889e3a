package io.crossfade.localaws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.infrastructure.Tool;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosting in folders, locales and on JDKs other than those of this run. */
@DisabledOnOs(OS.WINDOWS)
class AnyMachineTest {
  @TempDir static Path build;
  static Path zip;
  @TempDir Path work;

  @BeforeAll
  static void packageIt() throws IOException {
    zip = FakeArtifact.write(build);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void aFolderMayHaveAnyName(int release) throws Exception {
    Tool.require(
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('ü'),
        "this process knows file names in ASCII alone; set LANG=C.UTF-8");
    Path folder = Files.createDirectories(work.resolve("fünf & 東京 $HOME"));
    assertHosts(java(release), Files.copy(zip, folder.resolve("ü.zip")), folder, "C.UTF-8");
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void aMachineMayHaveNoLocale(int release) throws Exception {
    assertHosts(java(release), zip, work, null);
  }

  @Test
  void theLocaleMayNotBeInstalled() throws Exception {
    assertHosts(javaHome().resolve("bin/java"), zip, work, "xx_XX.UTF-8");
  }

  /** What a function writes arrives as it was written, whatever the locale. */
  private static void assertHosts(Path java, Path zip, Path work, String lang) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            HostingProbe.class.getName(),
            zip.toString(),
            work.resolve("hosted").toString());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    if (lang != null) {
      builder.environment().put("LANG", lang);
    }
    Path output = Files.createTempFile(build, "output", ".txt");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readAllLines(output)).containsExactly("answer für", "log told \"für\"");
  }

  private static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  /** Of this release, where it is installed beside the JDK of this run. */
  private static Path java(int release) throws IOException {
    List<Path> homes = new ArrayList<>(List.of(javaHome()));
    try (Stream<Path> beside = Files.list(javaHome().toRealPath().getParent())) {
      beside.forEach(homes::add);
    }
    List<Path> found = homes.stream().filter(home -> isRelease(home, release)).toList();
    Tool.require(!found.isEmpty(), "no JDK " + release + " is installed beside " + javaHome());
    return found.get(0).resolve("bin/java");
  }

  private static boolean isRelease(Path home, int release) {
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.readString(home.resolve("release"))
              .contains("JAVA_VERSION=\"%d".formatted(release));
    } catch (IOException notOne) {
      return false;
    }
  }
}
