package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An update of the site's stack, at a stand-in for {@code aws} that keeps what it was told. */
class SiteUpdateTest {
  /** Calls of a whole update: two pipelines, eight reads of what is present, two deployments. */
  private static final int CALLS = 32;

  private static final String AWS =
      """
      #!/usr/bin/env bash
      echo "$*" >>calls
      if [[ $(wc -l <calls) == "${AT:-0}" ]]; then
        if [[ $HOW == fails ]]; then echo "planted" >&2; exit 254; fi
        kill "-$HOW" "$(<pid)"
      fi
      case "$*" in
        *list-imports*) [[ -z ${ALONE:-} ]] || { echo "Export 'x' is not imported by any stack." >&2; exit 254; }; printf 'booking-backend\\tbooking-frontend\\n' ;;
        *describe-stacks*PipelineName*) [[ $* =~ booking-(backend|frontend) ]]; echo "${BASH_REMATCH[1]}" ;;
        *describe-stacks*StateMachineArn*) echo machine ;;
        *describe-stacks*"'Cluster'"*) echo booking ;;
        *describe-stacks*RuleArn*) [[ $* == *FrontendRuleArn* ]] && echo frontend-rule || echo backend-rule ;;
        *get-pipeline-state*) [[ $* =~ --name\\ (backend|frontend) ]]; cat "transition-${BASH_REMATCH[1]}" ;;
        *disable-stage-transition*) [[ $* =~ --pipeline-name\\ (backend|frontend) ]]; echo False >"transition-${BASH_REMATCH[1]}" ;;
        *enable-stage-transition*) [[ $* =~ --pipeline-name\\ (backend|frontend) ]]; echo True >"transition-${BASH_REMATCH[1]}" ;;
        *list-executions*) echo "${RUNNING:-0}" ;;
        *describe-stack-resource*) [[ $* =~ (Frontend|Backend)(Blue|Green) ]] && echo "tg-${BASH_REMATCH[0]}" ;;
        *describe-rules*frontend-rule*) echo tg-FrontendBlue ;;
        *describe-rules*backend-rule*) echo tg-BackendGreen ;;
        *describe-services*) [[ $* =~ (frontend|backend)-(blue|green) ]]; printf '1\\tarn:aws:ecs:r:1:task-definition/%s:7\\n' "${BASH_REMATCH[0]}" ;;
        *get-template*) echo "Resources: {}" ;;
        *get-stack-policy*) cat policy ;;
        *set-stack-policy*) all=$*; printf '%s\\n' "${all#*--stack-policy-body }" >policy ;;
        *"deploy "*--no-execute-changeset*) echo "describe-change-set --change-set-name arn:aws:cloudformation:r:1:changeSet/c/1" ;;
        *"deploy "*) [[ $(<policy) == *'"Allow"'* && $(cat transition-*) != *True* ]] || { echo "releases are not held off" >&2; exit 1; } ;;
        *describe-change-set*) printf 'Modify\\tFalse\\tAWS::ElasticLoadBalancingV2::TargetGroup\\tBackendBlueTargetGroup\\n' ;;
        *delete-change-set*) ;;
        *) echo "unexpected: $*" >&2; exit 252 ;;
      esac
      """;

  @TempDir Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeAll
  static void needsBash() {
    Tool.require(
        Tool.starts("bash", "-c", "((BASH_VERSINFO[0] >= 4))")
            && FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "there is no bash 4 or no POSIX file system: site-update.sh is not tested");
  }

  @BeforeEach
  void standIn() throws IOException {
    Path aws = Files.writeString(folder.resolve("aws"), AWS);
    Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
    environment.put("SITE_UPDATE_PAUSE", "0");
    Files.writeString(folder.resolve("policy"), "the policy of before\n");
    Files.writeString(folder.resolve("transition-backend"), "True\n");
    Files.writeString(folder.resolve("transition-frontend"), "True\n");
  }

  @Test
  void tellsWhatIsThereAndThenUpdates() throws IOException {
    Tool.Run run = update("booking-site", "BackendHealthPath=/api/health");
    assertThat(run.exit()).as(run.output()).isZero();
    List<String> deployments =
        calls().stream().filter(call -> call.startsWith("cloudformation deploy")).toList();
    assertThat(deployments).hasSize(2);
    assertThat(deployments.get(0)).contains("deployed.yaml", "present.json", "--disable-rollback");
    assertThat(deployments.get(1))
        .contains("site.yaml --parameter-overrides BackendHealthPath=/api/health")
        .doesNotContain("--disable-rollback");
    assertThat(calls()).hasSize(CALLS);
    assertAsBefore();
  }

  /** A failure or a signal at any call, those that put back among them. */
  static Stream<Arguments> aborts() {
    return Stream.of("fails", "TERM", "INT")
        .flatMap(how -> IntStream.rangeClosed(1, CALLS).mapToObj(at -> Arguments.of(how, at)));
  }

  @ParameterizedTest
  @MethodSource("aborts")
  void abortedAnywhereItPutsBack(String how, int at) throws IOException {
    environment.put("HOW", how);
    environment.put("AT", String.valueOf(at));
    Tool.Run run = update("booking-site");
    assertThat(run.output()).doesNotContain("NOT PUT BACK", "unexpected");
    assertAsBefore();
  }

  @Test
  void unknownPipelinesStopIt() throws IOException {
    environment.put("HOW", "fails");
    environment.put("AT", "1");
    assertThat(update("booking-site").exit()).isNotZero();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void siteWithoutPipelinesIsUpdated() throws IOException {
    environment.put("ALONE", "true");
    Files.writeString(folder.resolve("transition-backend"), "False\n");
    Files.writeString(folder.resolve("transition-frontend"), "False\n");
    assertThat(update("booking-site").exit()).isZero();
  }

  @Test
  void runningReleaseStopsIt() throws IOException {
    environment.put("RUNNING", "1");
    Tool.Run run = update("booking-site");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("a release runs");
    assertThat(calls()).noneMatch(call -> call.startsWith("cloudformation deploy"));
    assertAsBefore();
  }

  @Test
  void transitionThatAPersonHasClosedStaysClosed() throws IOException {
    Files.writeString(folder.resolve("transition-backend"), "False\n");
    assertThat(update("booking-site").exit()).isZero();
    assertThat(folder.resolve("transition-backend")).hasContent("False");
    assertThat(folder.resolve("transition-frontend")).hasContent("True");
  }

  @Test
  void previewPrintsTheChangesAndMakesNone() throws IOException {
    Tool.Run run = update("--preview", "booking-site", "BackendHealthPath=/api/health");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).contains("BackendBlueTargetGroup");
    assertThat(calls())
        .anyMatch(
            call ->
                call.contains("--no-execute-changeset")
                    && call.contains("BackendLive=green")
                    && call.endsWith("BackendHealthPath=/api/health"))
        .anyMatch(call -> call.startsWith("cloudformation delete-change-set"))
        .noneMatch(call -> call.matches(".*(set-stack-policy|disable-stage-transition).*"));
    assertAsBefore();
  }

  private void assertAsBefore() {
    assertThat(folder.resolve("policy")).hasContent("the policy of before");
    assertThat(folder.resolve("transition-backend")).hasContent("True");
    assertThat(folder.resolve("transition-frontend")).hasContent("True");
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private Tool.Run update(String... arguments) {
    Path script = Path.of("infrastructure/site-update.sh").toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of("bash", "-c", "echo $$ >pid; exec bash \"$@\"", "sh", script.toString()));
    command.addAll(List.of(arguments));
    return Tool.run(command, environment, folder);
  }
}
