package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.ValueSource;

/** An update of the site's stack, at a stand-in for {@code aws} that keeps what it was told. */
class SiteUpdateTest {
  /** Calls of a whole update: two pipelines, eight reads of what is present, two deployments. */
  private static final int CALLS = 36;

  /** The last of them put back: the stack's status, its policy, two transitions. */
  private static final int PUTTING_BACK = 4;

  private static final String REASON = "The stack booking-site is being updated";

  private static final String AWS =
      """
      #!/usr/bin/env bash
      all=${*//$'\\n'/ }
      echo "$all" >>calls
      if [[ $(wc -l <calls) == "${AT:-0}" ]]; then
        # CloudFormation goes on, whatever becomes of the program that waits for it.
        [[ $* != *"deploy "* ]] || echo "${WRITES:-3}" >writing
        if [[ $HOW == fails ]]; then echo "planted" >&2; exit 254; fi
        kill "-$HOW" "$(<pid)"
      fi
      if [[ $* =~ set-stack-policy|enable-stage-transition && -e writing ]]; then
        echo "opened while CloudFormation writes" | tee early >&2
        exit 1
      fi
      case "$*" in
        *list-imports*) [[ -z ${ALONE:-} ]] || { echo "Export 'x' is not imported by any stack." >&2; exit 254; }; printf 'booking-backend\\tbooking-frontend\\n' ;;
        *describe-stacks*PipelineName*) [[ $* =~ booking-(backend|frontend) ]]; echo "${BASH_REMATCH[1]}" ;;
        *describe-stacks*StateMachineArn*) echo machine ;;
        *describe-stacks*"'Cluster'"*) echo booking ;;
        *describe-stacks*RuleArn*) [[ $* == *FrontendRuleArn* ]] && echo frontend-rule || echo backend-rule ;;
        *get-pipeline-state*latestExecution*) echo "${STAGE:-Succeeded}" ;;
        *get-pipeline-state*) [[ $* =~ --name\\ (backend|frontend) ]]; cat "transition-${BASH_REMATCH[1]}" ;;
        *disable-stage-transition*) [[ $* =~ --pipeline-name\\ (backend|frontend) ]]; printf 'False\\t%s\\n' "${all#*--reason }" >"transition-${BASH_REMATCH[1]}" ;;
        *enable-stage-transition*) [[ $* =~ --pipeline-name\\ (backend|frontend) ]]; echo True >"transition-${BASH_REMATCH[1]}" ;;
        *StackStatus*)
          if [[ -n ${UNREADABLE:-} && $(wc -l <calls) -gt 1 ]]; then echo "ExpiredToken" >&2; exit 254; fi
          if [[ ! -e writing ]]; then echo "${STATUS:-UPDATE_COMPLETE}"; exit; fi
          echo UPDATE_ROLLBACK_IN_PROGRESS
          left=$(<writing)
          if ((left > 1)); then echo $((left - 1)) >writing; else rm writing; fi ;;
        *list-executions*) echo "${RUNNING:-0}" ;;
        *describe-stack-resource*) [[ $* =~ (Frontend|Backend)(Blue|Green) ]] && echo "tg-${BASH_REMATCH[0]}" ;;
        *describe-rules*frontend-rule*) echo tg-FrontendBlue ;;
        *describe-rules*backend-rule*) echo tg-BackendGreen ;;
        *describe-services*) [[ $* =~ (frontend|backend)-(blue|green) ]]; printf '1\\tarn:aws:ecs:r:1:task-definition/%s:7\\n' "${BASH_REMATCH[0]}" ;;
        *get-template*) echo "Resources: {}" ;;
        *get-stack-policy*) cat policy ;;
        *set-stack-policy*) body=$*; printf '%s\\n' "${body#*--stack-policy-body }" >policy ;;
        *"deploy "*--no-execute-changeset*) echo "describe-change-set --change-set-name arn:aws:cloudformation:r:1:changeSet/c/1" ;;
        *"deploy "*) [[ $(<policy) == *'"Allow"'* && $(<policy) != *ListenerRule* && $(cat transition-*) != *True* ]] || { echo "releases are not held off" >&2; exit 1; } ;;
        *describe-change-set*) printf 'Modify\\tFalse\\tAWS::ElasticLoadBalancingV2::TargetGroup\\tBackendBlueTargetGroup\\n' ;;
        *delete-change-set*) ;;
        *) echo "unexpected: $*" >&2; exit 252 ;;
      esac
      """;

  /** A signal while it sleeps. */
  private static final String SLEEP =
      """
      #!/usr/bin/env bash
      kill -TERM "$(<pid)"
      """;

  private static final Path POLICY = Path.of("infrastructure/site-stack-policy.json");
  private static final Path OPEN_POLICY = Path.of("infrastructure/site-stack-policy-open.json");

  @TempDir Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeAll
  static void needsBash() {
    Tool.requireShell("site-update.sh");
  }

  @BeforeEach
  void standIn() throws IOException {
    Tool.standIn(folder.resolve("aws"), AWS);
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
  void abortedAnywhereItPutsBackWhenCloudFormationHasEnded(String how, int at) throws IOException {
    environment.put("HOW", how);
    environment.put("AT", String.valueOf(at));
    Tool.Run run = update("booking-site");
    assertThat(run.output()).doesNotContain("NOT PUT BACK", "unexpected");
    assertThat(folder.resolve("early")).doesNotExist();
    assertAsBefore();
    if (at > CALLS - PUTTING_BACK) {
      assertThat(run.exit()).as(run.output()).isZero();
    } else {
      switch (how) {
        case "TERM" -> assertThat(run.exit()).as(run.output()).isEqualTo(143);
        case "INT" -> assertThat(run.exit()).as(run.output()).isEqualTo(130);
        default -> assertThat(run.exit()).as(run.output()).isNotIn(0, 3, 130, 143);
      }
    }
  }

  @Test
  void endedWhileItWaitsForCloudFormationItLeavesReleasesHeldOff() throws IOException {
    Path sleep = Files.writeString(folder.resolve("sleep"), SLEEP);
    Files.setPosixFilePermissions(sleep, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("HOW", "fails");
    environment.put("AT", String.valueOf(CALLS - PUTTING_BACK));
    environment.put("WRITES", "1000");
    assertHeldOff(update("booking-site"));
    assertThat(folder.resolve("early")).doesNotExist();
  }

  @Test
  void stackThatCannotBeReadLeavesReleasesHeldOff() throws IOException {
    environment.put("UNREADABLE", "true");
    assertHeldOff(update("booking-site"));
  }

  @Test
  void stackThatIsHalfRolledBackLeavesReleasesHeldOff() throws IOException {
    environment.put("STATUS", "UPDATE_ROLLBACK_FAILED");
    Tool.Run run = update("booking-site");
    assertHeldOff(run);
    assertThat(run.output()).contains("is UPDATE_ROLLBACK_FAILED");
  }

  private void assertHeldOff(Tool.Run run) {
    assertThat(run.exit()).as(run.output()).isEqualTo(3);
    assertThat(run.output())
        .contains("aws cloudformation describe-stack-events --stack-name booking-site")
        .contains("aws cloudformation set-stack-policy --stack-name booking-site")
        .contains("aws codepipeline enable-stage-transition --pipeline-name backend")
        .contains("aws codepipeline enable-stage-transition --pipeline-name frontend");
    assertThat(folder.resolve("policy")).content().contains("Allow");
    assertThat(folder.resolve("transition-backend")).content().startsWith("False");
    assertThat(folder.resolve("transition-frontend")).content().startsWith("False");
  }

  @Test
  void updateThatGoesOnAlreadyStopsIt() throws IOException {
    Files.writeString(folder.resolve("writing"), "1000");
    Tool.Run run = update("booking-site");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("is UPDATE_ROLLBACK_IN_PROGRESS");
    assertThat(calls()).hasSize(1);
    assertAsBefore();
  }

  @ParameterizedTest
  @ValueSource(strings = {"InProgress", "Stopping"})
  void releaseThatIsAboutToStartStopsIt(String stage) throws IOException {
    environment.put("STAGE", stage);
    Tool.Run run = update("booking-site");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("a release runs");
    int closed = indexOf("disable-stage-transition --pipeline-name backend");
    assertThat(indexOf("latestExecution")).as("asked once nothing can enter").isGreaterThan(closed);
    assertThat(calls()).noneMatch(call -> call.startsWith("cloudformation deploy"));
    assertAsBefore();
  }

  private int indexOf(String part) throws IOException {
    List<String> calls = calls();
    return IntStream.range(0, calls.size())
        .filter(i -> calls.get(i).contains(part))
        .findFirst()
        .orElseThrow();
  }

  /** What a killed run has left, of this script or of the one before it. */
  static Stream<String> openPolicies() throws IOException {
    return Stream.of(
        Files.readString(OPEN_POLICY),
        "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"Update:*\","
            + " \"Principal\": \"*\", \"Resource\": \"*\"}]}");
  }

  @ParameterizedTest
  @MethodSource("openPolicies")
  void whatAKilledRunHasLeftIsPutBack(String policy) throws IOException {
    Files.writeString(folder.resolve("policy"), policy);
    Files.writeString(folder.resolve("transition-backend"), "False\t" + REASON + "\n");
    Tool.Run run = update("booking-site");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(folder.resolve("policy")).hasSameTextualContentAs(POLICY);
    assertThat(folder.resolve("transition-backend")).hasContent("True");
    assertThat(folder.resolve("transition-frontend")).hasContent("True");
  }

  /** While it is open, too, nothing that holds data or an address is replaced or deleted. */
  @Test
  void openPolicyDeniesReplacementAsTheOtherDoes() throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode usual = json.readTree(POLICY.toFile()).get("Statement");
    JsonNode open = json.readTree(OPEN_POLICY.toFile()).get("Statement");
    assertThat(open).containsExactly(usual.get(0), usual.get(2));
    assertThat(usual.get(2).get("Action")).map(JsonNode::asText).contains("Update:Replace");
  }

  @Test
  void unknownPipelinesStopIt() throws IOException {
    environment.put("HOW", "fails");
    environment.put("AT", "2");
    assertThat(update("booking-site").exit()).isNotZero();
    assertThat(calls()).hasSize(2);
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
    Files.writeString(folder.resolve("transition-backend"), "False\tfreeze of December\n");
    assertThat(update("booking-site").exit()).isZero();
    assertThat(folder.resolve("transition-backend")).hasContent("False\tfreeze of December");
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

  /** macOS has bash 3.2. */
  @ParameterizedTest
  @ValueSource(strings = {"site-update.sh", "site-present.sh", "database-user.sh"})
  void scriptNeedsNoNewerBash(String script) throws IOException {
    assertThat(Files.readString(Path.of("infrastructure", script)))
        .doesNotContainPattern(
            "mapfile|readarray|(declare|local) -[Ag]|\\$\\{\\w+(,,|\\^\\^|@)|\\|&|&>>");
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
