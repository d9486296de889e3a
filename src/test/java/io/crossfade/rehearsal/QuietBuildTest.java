package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.infrastructure.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever rehearses sees the rehearsal, and of Maven only what it says before it knows of it. */
class QuietBuildTest {
  @Test
  void onceTheOptionsAreCheckedMavenSaysNothing() {
    Tool.require(Tool.starts("mvn", "-v"), "mvn is not on the PATH: its lines are not looked at");
    // Sources are added in this phase, and the plugin says so.
    Tool.Run run =
        Tool.run(
            List.of("mvn", "-B", "-Prehearse", "generate-test-sources"), Map.of(), Path.of(""));
    Tool.require(
        !run.output().contains("ould not transfer"),
        "no registry: Maven's lines are not looked at");
    assertThat(run.exit()).as(run.output()).isZero();
    // Maven may end its colours in a line of their own.
    String said = run.output().replaceAll("\u001b\\[\\d*m", "");
    assertThat(
            said.lines()
                .filter(line -> !line.isBlank())
                .dropWhile(line -> !line.contains("(check-options)"))
                .skip(1))
        .containsExactly(
            "Building the functions. The next rehearsal of the same sources starts without this.");
  }
}
