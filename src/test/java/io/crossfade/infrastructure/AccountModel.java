package io.crossfade.infrastructure;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs commands of a document in a shell whose {@code aws}, {@code sam}, {@code git} and the like
 * are answered by a small model of an account ({@code account.py}).
 */
final class AccountModel {
  private static final Path RESOURCES = Path.of("src/test/resources/infrastructure");
  private static final List<String> TEMPLATES =
      List.of("network", "site", "pipeline", "certificate");
  private static final String PYTHON = python();

  private AccountModel() {}

  private static String python() {
    return Tool.starts("python3", "--version")
        ? Tool.run(
                List.of("python3", "-c", "import sys; print(sys.executable)"),
                Map.of(),
                Path.of(""))
            .output()
            .strip()
        : "";
  }

  /** Skips the test where the shell or Python is missing, and says so. */
  static void require() {
    Tool.require(
        !PYTHON.isEmpty() && Tool.starts("bash", "-c", "((BASH_VERSINFO[0] >= 5))"),
        "there is no Python 3 or no bash 5: the walkthrough is not run");
  }

  /**
   * @param folder empty; becomes the home of the model
   * @return what was said, what stopped it, and after <i>remains:</i> what is left in the account
   */
  static Tool.Run run(Path folder, List<String> commands) throws IOException {
    Path project = Files.createDirectory(folder.resolve("crossfade"));
    for (String name : List.of("infrastructure", "docs", "template.yaml")) {
      Files.createSymbolicLink(project.resolve(name), Path.of(name).toAbsolutePath());
    }
    Files.copy(Path.of("buildspec.yml"), project.resolve("buildspec.yml"));
    for (String application : List.of("backend", "frontend")) {
      Files.writeString(
          Files.createDirectory(folder.resolve(application)).resolve("Dockerfile"), "FROM scratch");
    }
    new ObjectMapper().writeValue(folder.resolve("templates.json").toFile(), templates());
    StringBuilder script = new StringBuilder();
    script.append("source '%s'\n".formatted(RESOURCES.resolve("stand-ins.sh").toAbsolutePath()));
    for (String command : commands) {
      String quoted = "'" + command.replace("'", "'\\''") + "'";
      script.append("%s\nended $? %s\n".formatted(command, quoted));
    }
    script.append("echo remains:\nask remains\n");
    Path file = Files.writeString(folder.resolve("walkthrough.sh"), script);
    Map<String, String> environment =
        Map.of(
            "ACCOUNT", folder.toString(),
            "PYTHON", PYTHON,
            "MODEL", RESOURCES.resolve("account.py").toAbsolutePath().toString());
    return Tool.run(List.of("bash", file.toString()), environment, project);
  }

  private static Map<String, Object> templates() {
    Map<String, Object> found = new LinkedHashMap<>();
    Stream.concat(
            TEMPLATES.stream().map(name -> "infrastructure/" + name + ".yaml"),
            Stream.of("template.yaml"))
        .filter(file -> Files.exists(Path.of(file)))
        .forEach(file -> found.put(file, StackTemplate.load(file).root()));
    return found;
  }
}
