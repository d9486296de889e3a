package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the documents, checked as far as they can be without an account. */
class CommandsTest {
  private static final Pattern FILE =
      Pattern.compile("(?:file://|--template-file )((?:infrastructure/)[A-Za-z0-9./-]+)");

  private static final Pattern SHELL =
      Pattern.compile("```(?:console|bash|sh)\n(.*?)```", Pattern.DOTALL);

  /** An assignment, or a use without a default value. Parameters of a stack are in mixed case. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?:(?:^|[\\s;&|(])(?=[A-Z0-9_]+=)|read -\\w+ |for (?=\\w+ in ))"
              + "(?<assigned>[A-Za-z_]\\w*)"
              + "|\\$\\{[A-Za-z_]\\w*:-"
              + "|\\$\\{?(?<used>[A-Za-z_]\\w*)");

  private static final Pattern SECRET_ARGUMENT =
      Pattern.compile(
          "--arg(json)? \\w+ \"?\\$\\{?\\w*(PASSWORD|SECRET|TOKEN)\\b|--secret-string (?!file://)");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/walkthrough.md",
        "docs/operations.md",
        "docs/local-aws.md",
        "docs/test-traffic.md"
      })
  void everyBlockIsShell(String document) throws IOException {
    Tool.require(Tool.starts("bash", "-c", "exit 0"), "there is no bash: " + document);
    Path script = folder.resolve("commands.sh");
    Files.writeString(script, String.join("\n", DocumentCommands.of(document)) + "\n");
    Tool.Run run = Tool.run(List.of("bash", "-n", script.toString()), Map.of(), Path.of(""));
    assertThat(run.output()).isEmpty();
    assertThat(run.exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/walkthrough.md",
        "docs/operations.md",
        "docs/local-aws.md",
        "docs/test-traffic.md",
        "buildspec.yml",
        "infrastructure/site-present.sh",
        "infrastructure/database-user.sh"
      })
  void everyAwsCommandHasTheOptionsOfTheApi(String file) throws IOException {
    Path lines = folder.resolve("lines");
    Files.writeString(lines, String.join("\n", DocumentCommands.of(file)) + "\n");
    String script = "src/test/resources/infrastructure/check_commands.py";
    Tool.Run run =
        Tool.starts("python3", "--version")
            ? Tool.run(
                List.of("bash", "-c", "python3 %s <'%s'".formatted(script, lines)),
                Map.of(),
                Path.of(""))
            : new Tool.Run(77, "not installed: python3");
    Tool.require(
        run.exit() != 77,
        "botocore is not installed (pip install boto3): commands of " + file + " not checked");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).doesNotStartWith("0 commands");
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/walkthrough.md", "docs/operations.md", "docs/test-traffic.md"})
  void everyFileOfThisProjectIsThere(String document) throws IOException {
    Matcher files = FILE.matcher(String.join("\n", DocumentCommands.of(document)));
    List<String> named = new ArrayList<>();
    while (files.find()) {
      named.add(files.group(1));
    }
    assertThat(named).isNotEmpty().allSatisfy(file -> assertThat(Path.of(file)).exists());
  }

  /** Parameters that a command gives to a stack, and outputs that it reads. */
  @ParameterizedTest
  @ValueSource(strings = {"docs/walkthrough.md", "docs/operations.md", "docs/test-traffic.md"})
  void everyOutputAndParameterIsOneOfItsStack(String document) throws IOException {
    Map<String, String> templates =
        Map.of(
            "booking-network", "infrastructure/network.yaml",
            "booking-certificate", "infrastructure/certificate.yaml",
            "booking-site", "infrastructure/site.yaml",
            "booking-backend", "infrastructure/pipeline.yaml",
            "booking-backend-test", "infrastructure/test-rule.yaml",
            "booking-frontend", "infrastructure/pipeline.yaml",
            "crossfade", "template.yaml");
    String text = String.join("\n", DocumentCommands.of(document));
    Matcher outputs = Pattern.compile("output ([a-z-]+) ([A-Za-z]+)").matcher(text);
    while (outputs.find()) {
      // The Slack application is described apart.
      // The SAM CLI's own stack has no template here.
      if (!outputs.group(2).startsWith("Slack") && !outputs.group(1).startsWith("aws-sam-cli")) {
        StackTemplate template = StackTemplate.load(templates.get(outputs.group(1)));
        assertThat(template.section("Outputs")).containsKey(outputs.group(2));
      }
    }
    for (String command : text.split("\n")) {
      Matcher stack = Pattern.compile("deploy --stack-name ([a-z-]+)").matcher(command);
      if (stack.find() && command.contains("--parameter-overrides")) {
        StackTemplate template = StackTemplate.load(templates.get(stack.group(1)));
        Matcher given =
            Pattern.compile("[ \"]([A-Z][A-Za-z]+)=")
                .matcher(command.substring(command.indexOf("--parameter-overrides")));
        while (given.find()) {
          if (!given.group(1).startsWith("Slack")) {
            assertThat(template.section("Parameters")).containsKey(given.group(1));
          }
        }
      }
    }
  }

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
          Stream.of("README.md", "README.vi.md", "CONTRIBUTING.md", "SECURITY.md").map(Path::of),
          docs)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyVariableIsAssignedByAnEarlierCommand(Path page) throws IOException {
    Set<String> assigned = new HashSet<>();
    List<String> missing = new ArrayList<>();
    for (String command : shell(page)) {
      unassigned(command, assigned)
          .forEach(name -> missing.add("$%s in: %s".formatted(name, command)));
    }
    assertThat(missing).as(page.toString()).isEmpty();
  }

  /** Arguments can be read in the list of processes, the environment cannot. */
  @ParameterizedTest
  @MethodSource("pages")
  void noSecretIsAnArgument(Path page) throws IOException {
    assertThat(shell(page)).noneMatch(command -> SECRET_ARGUMENT.matcher(command).find());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          jq -n --arg p "$PASSWORD" '{p: $p}' | true
          jq -n --arg t $BOT_TOKEN '{t: $t}' | true
          aws secretsmanager put-secret-value --secret-string "$VALUE" | true
          aws secretsmanager put-secret-value --secret-string file://user.json | false
          PASSWORD="$PASSWORD" jq -n '{p: env.PASSWORD}' | false
          jq -n --arg a "$SECRET_ARN" '{a: $a}' | false
          """)
  void aSecretIsSeenWhereItIsAnArgument(String command, boolean seen) {
    assertThat(SECRET_ARGUMENT.matcher(command).find()).isEqualTo(seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          echo "$A" | A
          echo "${A%/*}" | A
          echo "${A:-none}" | ``
          echo '$A' | ``
          A=1 B="$A" | ``
          export A=1; echo $A | ``
          read -rs A; echo $A | ``
          echo $A; A=1 | A
          for a in 1 2; do echo $a; done | ``
          echo "it's $A, isn't it" | A
          f() { echo "$1"; } | ``
          sam deploy "Name=$A" Other=1 | A
          """)
  void aVariableIsFoundWhereTheShellFindsIt(String command, String missing) {
    List<String> found = unassigned(command, new HashSet<>());
    assertThat(String.join(" ", found)).isEqualTo(missing);
  }

  /**
   * @param assigned by earlier commands; those of this one are added
   */
  private static List<String> unassigned(String command, Set<String> assigned) {
    List<String> found = new ArrayList<>();
    Matcher names = VARIABLE.matcher(withoutSingleQuotes(command));
    while (names.find()) {
      if (names.group("assigned") != null) {
        assigned.add(names.group("assigned"));
      } else if (names.group("used") != null && !assigned.contains(names.group("used"))) {
        found.add(names.group("used"));
      }
    }
    return found;
  }

  /** The commands of a page in the order in which it is read, whether with a prompt or without. */
  private static List<String> shell(Path page) throws IOException {
    return SHELL
        .matcher(Files.readString(page))
        .results()
        .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
        .map(line -> line.startsWith("$ ") ? line.substring(2) : line)
        .toList();
  }

  /** Between single quotes the shell looks for nothing, unless they stand between double ones. */
  private static String withoutSingleQuotes(String command) {
    return command.replaceAll("(\"(?:[^\"\\\\]|\\\\.)*\")|'[^']*'", "$1");
  }
}
