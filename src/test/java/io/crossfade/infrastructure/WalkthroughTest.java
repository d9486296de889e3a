package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walkthrough, command by command, in a model of an empty account. */
class WalkthroughTest {
  @TempDir Path folder;

  @BeforeAll
  static void needsAShellAndPython() {
    AccountModel.require();
  }

  @Test
  void leadsFromAnEmptyAccountToAReleaseAndBack() throws IOException {
    Tool.Run run = AccountModel.run(folder, commands());
    assertThat(run.output()).doesNotContain("complaint:", "stopped at:");
    assertThat(run.exit()).isZero();
  }

  /** A person puts a value for what the page leaves open. */
  private static List<String> commands() throws IOException {
    return DocumentCommands.of("docs/walkthrough.md").stream()
        .map(command -> command.replace("…", "0123"))
        .toList();
  }
}
