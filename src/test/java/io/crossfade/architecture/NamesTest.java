package io.crossfade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.states.Definition;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.notify.Outcome;
import io.crossfade.plan.Preflight;
import io.crossfade.plan.ReleaseParser;
import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.CaughtError;
import io.crossfade.release.HealthSettings;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Timings;
import jakarta.inject.Named;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every name that crosses a file: state machine, template, handlers, errors, README. */
class NamesTest {
  private static final Set<String> OUTSIDE_THE_MACHINE =
      Set.of(
          "SlackCallbackFunction",
          "GuardianFunction",
          "AlarmGuardFunction",
          "ReleaseStatusFunction",
          "CommandFunction");

  private static JsonNode machine;
  private static ResolvedTemplate template;
  private static Set<String> handlers;

  @BeforeAll
  static void readEverything() throws Exception {
    machine = new ObjectMapper().readTree(Path.of("statemachine/release.asl.json").toFile());
    template = Stack.template("site");
    handlers =
        new ClassFileImporter()
            .importPath(Path.of("target", "classes")).stream()
                .filter(c -> c.isAnnotatedWith(Named.class))
                .map(NamesTest::handlerName)
                .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String handlerName(JavaClass c) {
    return c.getAnnotationOfType(Named.class).value();
  }

  @Test
  void theTemplateNamesEveryHandlerOnceAndNoOther() {
    List<String> named =
        template.functions().stream()
            .map(function -> function.environment().get("QUARKUS_LAMBDA_HANDLER"))
            .sorted()
            .toList();
    assertThat(named).containsExactlyElementsOf(handlers).hasSize(20);
  }

  @Test
  void aFunctionIsCalledAsItsHandler() {
    assertThat(template.functions())
        .isNotEmpty()
        .allSatisfy(
            function -> {
              String handler = function.environment().get("QUARKUS_LAMBDA_HANDLER");
              String expected =
                  Arrays.stream(handler.split("-"))
                          .map(word -> word.substring(0, 1).toUpperCase() + word.substring(1))
                          .collect(Collectors.joining())
                      + "Function";
              assertThat(function.logicalId()).isEqualTo(expected);
            });
  }

  @Test
  void theSubstitutionsAreExactlyTheFunctionsThatTheStatesCall() {
    Set<String> used = new TreeSet<>();
    Matcher names = Pattern.compile("\\$\\{(\\w+)FunctionArn}").matcher(machine.toString());
    while (names.find()) {
      used.add(names.group(1) + "Function");
    }
    Set<String> functions =
        template.functions().stream()
            .map(FunctionResource::logicalId)
            .filter(function -> !OUTSIDE_THE_MACHINE.contains(function))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(used).isEqualTo(functions);
    assertThat(template.stateMachines().get(0).definition()).doesNotContain("${");
  }

  @Test
  void theMachineCanBeWalkedFromItsStartToItsEnds() {
    Definition.parse(template.stateMachines().get(0).definition());
    assertThat(machine.get("States").fieldNames())
        .toIterable()
        .contains("Released", "Planned", "Refused", "RolledBack", "RestoreIncomplete");
  }

  @Test
  void everyTaskHasACommentATimeoutARetryAndACatch() {
    tasks()
        .forEach(
            (task) -> {
              assertThat(task.path("Comment").asText()).isNotBlank();
              assertThat(task.has("TimeoutSeconds") || task.has("TimeoutSecondsPath")).isTrue();
              assertThat(task.path("Retry")).isNotEmpty();
              assertThat(task.path("Catch")).isNotEmpty();
              JsonNode last = task.path("Catch").get(task.path("Catch").size() - 1);
              assertThat(last.path("ErrorEquals").get(0).asText()).isEqualTo("States.ALL");
            });
    assertThat(tasks()).hasSize(21);
  }

  @Test
  void aTaskOutlivesItsFunction() {
    int longest =
        template.functions().stream()
            .mapToInt(function -> (int) function.timeout().toSeconds())
            .max()
            .orElseThrow();
    assertThat(tasks().stream().filter(task -> task.has("TimeoutSeconds")))
        .hasSize(20)
        .allSatisfy(task -> assertThat(task.get("TimeoutSeconds").asInt()).isGreaterThan(longest));
    assertThat(ApprovalSettings.MIN_TIMEOUT_SECONDS).isGreaterThanOrEqualTo(longest);
  }

  @Test
  void onlyTheQuestionWaitsAsLongAsTheInputSays() {
    assertThat(tasks().stream().filter(task -> task.has("TimeoutSecondsPath")))
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.get("TimeoutSecondsPath").asText())
                  .isEqualTo("$.release.approval.timeoutSeconds");
              assertThat(task.get("Resource").asText()).endsWith(".waitForTaskToken");
            });
    int drained =
        Timings.SETTLE_SECONDS + Preflight.MAX_STICKY_SECONDS + Timings.DRAIN_DEADLINE_SECONDS;
    assertThat(
            HealthSettings.MAX_DEADLINE_SECONDS
                + ReleaseParser.MAX_TOTAL_BAKE_SECONDS
                + Timings.PAUSE_SECONDS
                + ReleaseCheck.MAX_TOTAL_DEADLINE_SECONDS
                + longestHold()
                + ApprovalSettings.MAX_TIMEOUT_SECONDS
                + drained)
        .isLessThan(machine.get("TimeoutSeconds").asInt());
  }

  /** What is left of the 25,000 events is for the states between the polls and for a restore. */
  @ParameterizedTest
  @MethodSource("numbersOfSteps")
  void theLongestExecutionFitsItsHistory(int steps) {
    int polled =
        HealthSettings.MAX_DEADLINE_SECONDS
            + ReleaseParser.MAX_TOTAL_BAKE_SECONDS
            + Timings.PAUSE_SECONDS
            + held(steps)
            + Timings.DRAIN_DEADLINE_SECONDS;
    int eventsOfAPoll = 9;
    int alone = polled / Timings.POLL_SECONDS * eventsOfAPoll;
    assertThat(alone).isBetween(15_000, 19_100);
    int eventsOfACheckAndThePollBeforeIt = 16;
    assertThat(
            alone
                + ReleaseCheck.MAX_TOTAL_DEADLINE_SECONDS
                    / Timings.POLL_SECONDS
                    * eventsOfACheckAndThePollBeforeIt)
        .isLessThan(22_000);
  }

  @Test
  void thePlanIsToldWhatTheStackAllows() {
    assertThat(template.functions())
        .filteredOn(function -> function.logicalId().equals("PlanFunction"))
        .singleElement()
        .satisfies(
            plan ->
                assertThat(plan.environment())
                    .containsEntry("CROSSFADE_ALLOW_SKIPPED_APPROVAL", "false")
                    .containsEntry("CROSSFADE_ALLOW_OVERRIDES", "true"));
  }

  /** A reader who misses an option finds how long things take that have none. */
  @Test
  void theDocumentTellsTheTimesThatCannotBeSet() throws Exception {
    assertThat(Files.readString(Path.of("docs/how-it-decides.md")))
        .contains(
            "| between two looks at health, alarms, draining or a restore | %d s |"
                .formatted(Timings.POLL_SECONDS),
            "| between two looks at alarms, once a step has baked for three minutes | %d s |"
                .formatted(Timings.LATE_POLL_SECONDS),
            "| how long an alarm without data holds a step after its bake | %d s |"
                .formatted(Timings.NO_DATA_DEADLINE_SECONDS),
            "| until every node of the load balancer has new weights | %d s |"
                .formatted(Timings.SETTLE_SECONDS),
            "| whole minutes without a request before scale-in | %d |"
                .formatted(Timings.QUIET_MINUTES),
            "| how long draining may take | %d s |".formatted(Timings.DRAIN_DEADLINE_SECONDS),
            "| how long all pauses of a release may take | %d s |".formatted(Timings.PAUSE_SECONDS),
            "| how long a restore may take | %d s |".formatted(Timings.RESTORE_DEADLINE_SECONDS));
  }

  @Test
  void theMachineEndsBeforeThePipelineGivesUp() {
    assertThat(machine.get("TimeoutSeconds").asInt()).isBetween(1, 7 * 24 * 3600 - 1);
  }

  /** A step is held either for data or for targets; those may be missing before and after, too. */
  private static int held(int steps) {
    int recovery = HealthSettings.longestRecovery(steps);
    return steps * Math.max(Timings.NO_DATA_DEADLINE_SECONDS, recovery) + 2 * recovery;
  }

  private static int longestHold() {
    return numbersOfSteps().map(NamesTest::held).max().orElseThrow();
  }

  static IntStream numbersOfSteps() {
    return IntStream.rangeClosed(1, ReleaseParser.MAX_STEPS);
  }

  @Test
  void everyErrorThatTheMachineNamesIsAClassOfOurs() {
    Set<String> named = new TreeSet<>();
    machine
        .findValues("ErrorEquals")
        .forEach(list -> list.forEach(error -> named.add(error.asText())));
    named.removeIf(error -> error.startsWith("States.") || error.equals(CaughtError.REJECTED));
    assertThat(named)
        .allSatisfy(
            error -> assertThat(Class.forName(error)).isAssignableTo(RuntimeException.class))
        .containsExactly(
            "io.crossfade.release.CapacityShortfall", "io.crossfade.release.PermanentFailure");
  }

  /** An answer, or no answer, is not something to ask again for. */
  @Test
  void aQuestionIsNotAskedAgainForItsAnswer() {
    JsonNode first = machine.at("/States/RequestApproval/Retry/0");
    assertThat(first.get("ErrorEquals").toString())
        .contains(CaughtError.REJECTED, CaughtError.TIMEOUT);
    assertThat(first.get("MaxAttempts").asInt()).isZero();
  }

  @Test
  void everyOutcomeIsAnnouncedAndEveryAnnouncementIsAnOutcome() {
    List<String> announced = new ArrayList<>();
    machine.findValues("outcome").forEach(value -> announced.add(value.asText()));
    assertThat(announced)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Outcome.values()).map(Outcome::label).toList());
  }

  @Test
  void theReadmesCommandsAreThoseOfThisProject() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    assertThat(readme).contains("mvn -q -Prehearse").contains("mvn verify").contains("sam deploy");
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher profiles = Pattern.compile("-P(\\w+)").matcher(readme);
    while (profiles.find()) {
      assertThat(pom).contains("<id>" + profiles.group(1) + "</id>");
    }
    assertThat(Files.readString(Path.of(".ci/run"))).contains("mvn -B verify");
    Matcher files = Pattern.compile("\\]\\(((?!http|#)[^)]+)\\)").matcher(readme);
    List<Path> linked = new ArrayList<>();
    while (files.find()) {
      linked.add(Path.of(files.group(1)));
    }
    assertThat(linked).isNotEmpty().allSatisfy(file -> assertThat(file).exists());
  }

  private static List<JsonNode> tasks() {
    List<JsonNode> tasks = new ArrayList<>();
    machine
        .get("States")
        .forEach(
            state -> {
              if (state.get("Type").asText().equals("Task")) {
                tasks.add(state);
              }
            });
    return tasks;
  }
}
