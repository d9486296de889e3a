package io.crossfade.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crossfade.infrastructure.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Runs a buildspec's phases as CodeBuild does: the commands of a phase one after the other until
 * one fails, what they export known to the next phase, a phase that fails ends the build where
 * {@code on-failure} is ABORT. {@code docker}, {@code aws} and {@code git} are stand-ins.
 */
final class CodeBuild {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  static final String DIGEST = "sha256:" + "ab12".repeat(16);
  static final String DOCKER_PASSWORD = "hunter2-docker";
  static final String ECR_PASSWORD = "hunter2-ecr";

  private static final String DOCKER =
      """
      #!/usr/bin/env bash
      echo "docker $*" >>"$STAND_INS/calls"
      case $1 in
        login)
          password=$(cat)
          echo "$password" >>"$STAND_INS/passwords"
          [[ $* == *AWS* ]] && fails=${ECR_LOGIN_FAILS:-} || fails=${DOCKER_LOGIN_FAILS:-}
          [[ -z $fails ]] || { echo "Error response from daemon: unauthorized" >&2; exit 1; }
          echo "Login Succeeded" ;;
        build) [[ -z ${BUILD_FAILS:-} ]] || { echo "failed to solve" >&2; exit 1; } ;;
        push)
          [[ -z ${PUSH_FAILS:-} ]] || { echo "denied" >&2; exit 1; }
          touch "$STAND_INS/pushed" ;;
      esac
      """;

  private static final String AWS =
      """
      #!/usr/bin/env bash
      echo "aws $*" >>"$STAND_INS/calls"
      case "$1 $2" in
        "ecr get-login-password")
          [[ -z ${TOKEN_FAILS:-} ]] || { echo "An error occurred (AccessDeniedException)" >&2; exit 254; }
          echo hunter2-ecr ;;
        "ecr describe-images")
          if [[ -n ${DESCRIBE_FAILS:-} ]]; then
            echo "An error occurred (AccessDeniedException) when calling the DescribeImages operation" >&2
            exit 254
          elif [[ -f $STAND_INS/pushed ]]; then
            echo "${STAND_IN_DIGEST-}"
          else
            echo "An error occurred (ImageNotFoundException) when calling the DescribeImages operation" >&2
            exit 254
          fi ;;
        *) echo "no such command" >&2; exit 252 ;;
      esac
      """;

  private static final String GIT =
      """
      #!/usr/bin/env bash
      echo "git $*" >>"$STAND_INS/calls"
      [[ -z ${GIT_FAILS:-} ]] || { echo "fatal: not a git repository" >&2; exit 128; }
      case $1 in
        rev-parse) echo 0123456789abcdef0123456789abcdef01234567 ;;
        log)
          [[ $* == 'log -1 --format=%ae' ]] || { echo "Ann" && exit; }
          cat "$STAND_INS/author" ;;
      esac
      """;

  private final Path sources;
  private final Path standIns;
  private final Map<String, String> environment = new LinkedHashMap<>();

  CodeBuild(Path folder) {
    try {
      sources = Files.createDirectories(folder.resolve("sources"));
      standIns = Files.createDirectories(folder.resolve("stand-ins"));
      Files.writeString(sources.resolve("Dockerfile"), "FROM scratch\n");
      install("docker", DOCKER);
      install("aws", AWS);
      install("git", GIT);
      author("bay@example.com\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("STAND_INS", standIns.toString());
    environment.put("PATH", standIns + ":" + System.getenv("PATH"));
    environment.put("STAND_IN_DIGEST", DIGEST);
    environment.put("DOCKER_USERNAME", "builder");
    environment.put("DOCKER_PASSWORD", DOCKER_PASSWORD);
    environment.put("BASE_SERVICE_NAME", "backend");
    environment.put(
        "RULE_ARN",
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/booking/1a2b/3c4d/5e6f");
    environment.put(
        "REPOSITORY_URI", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/booking/backend");
    environment.put("PIPELINE_EXECUTION_ID", "7f4d3a52-0000-4000-8000-000000000001");
  }

  private void install(String name, String script) throws IOException {
    Tool.standIn(standIns.resolve(name), script);
  }

  /** The address that {@code git log} tells, byte by byte. */
  CodeBuild author(byte[] name) {
    try {
      Files.write(standIns.resolve("author"), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Sets a variable; an empty value counts as missing. */
  CodeBuild with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The commit was pushed by an earlier try. */
  CodeBuild pushedBefore() throws IOException {
    Files.writeString(standIns.resolve("pushed"), "");
    return this;
  }

  Tool.Run run() throws IOException {
    StringBuilder output = new StringBuilder();
    Path exported = standIns.resolve("exported");
    Files.writeString(exported, "");
    for (Object phase : phases().values()) {
      StringBuilder script = new StringBuilder(". '%s'\n".formatted(exported));
      for (Object command : (List<?>) ((Map<?, ?>) phase).get("commands")) {
        script.append(command).append("\n[ $? -eq 0 ] || exit 1\n");
      }
      script.append("export -p >'%s'\n".formatted(exported));
      Path file = Files.writeString(standIns.resolve("phase.sh"), script);
      Tool.Run run = Tool.run(List.of("bash", file.toString()), environment, sources);
      output.append(run.output());
      if (run.exit() != 0) {
        return new Tool.Run(run.exit(), output.toString());
      }
    }
    return new Tool.Run(0, output.toString());
  }

  private static Map<?, ?> phases() throws IOException {
    Map<?, ?> buildspec = buildspec();
    Map<?, ?> phases = (Map<?, ?>) buildspec.get("phases");
    phases
        .values()
        .forEach(
            phase -> {
              if (!"ABORT".equals(((Map<?, ?>) phase).get("on-failure"))) {
                throw new AssertionError("a phase that goes on after a failure: " + phase);
              }
            });
    return phases;
  }

  static Map<?, ?> buildspec() throws IOException {
    return (Map<?, ?>)
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(Path.of("buildspec.yml")));
  }

  Path imageDetail() {
    return sources.resolve("imageDetail.json");
  }

  Path sources() {
    return sources;
  }

  /** The command lines of the stand-ins, in order. */
  List<String> calls() throws IOException {
    Path calls = standIns.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** What was said to {@code docker login} on its standard input. */
  List<String> passwords() throws IOException {
    return Files.readAllLines(standIns.resolve("passwords"));
  }
}
