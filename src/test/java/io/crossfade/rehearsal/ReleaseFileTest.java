package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A user's own file is checked before anything is started for it. */
class ReleaseFileTest {
  private static final String RULE =
      "arn:aws:elasticloadbalancing:eu-west-1:210987654321:listener-rule/app/prod/1a/2b/3c";
  private static final String REQUIRED =
      "\"imageUri\": \"shop:1\", \"BASE_SERVICE_NAME\": \"shop\", \"rule_arn\": \"%s\""
          .formatted(RULE);

  @TempDir Path folder;

  @Test
  void releaseOfTheUsersOwnIsRead() throws IOException {
    ReleaseFile file =
        read(
            "{%s, \"cluster\": \"prod\", \"container\": \"web\"}".formatted(REQUIRED),
            Scenario.HAPPY);
    assertThat(file.release().baseServiceName()).isEqualTo("shop");
    assertThat(file.release().cluster()).isEqualTo("prod");
    assertThat(file.release().container()).isEqualTo("web");
    assertThat(file.content().path("rule_arn").asText()).isEqualTo(RULE);
  }

  @ParameterizedTest
  @EnumSource
  void sampleGivesEveryScenarioItsChance(Scenario scenario) {
    Options options = options(scenario, Optional.empty());
    assertThat(ScenarioCheck.problems(ReleaseFile.sample(options).release(), options)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {REQUIRED, "imageURl": "x:1"}         | imageURl: found an unknown field, expected "imageUri" (did you mean this?)
          {REQUIRED, "steps": []}               | steps: found an empty list, expected a list of 1 to 20 steps
          {REQUIRED, "cluster": "arn:aws:ecs:eu-west-2:210987654321:cluster/prod"} | cluster: found "arn:aws:ecs:eu-west-2:210987654321:cluster/prod", expected a cluster's name, or its ARN in region eu-west-1 and account 210987654321
          {"bucket": "b", "key": "k"}           | found where a release is stored, expected the release itself
          {"revert": "run-1", "why": "slow"}    | found a release to take back, expected one; -Dscenario=revert takes it back
          []                                    | found array, expected a JSON object
          null                                  | found null, expected a JSON object
          ``                                    | found nothing, expected a JSON object
          """)
  void refusalNamesTheProblem(String content, String problem) {
    refused(content.replace("REQUIRED", REQUIRED), Scenario.HAPPY, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {REQUIRED                    | not JSON: Unexpected end-of-input
          {REQUIRED} {}                | not JSON: Trailing token
          {"a": 1, "a": 2}             | not JSON: Duplicate field 'a'
          imageUri: shop               | not JSON: Unrecognized token 'imageUri'
          """)
  void whatIsNotJsonIsToldWithItsPlace(String content, String problem) {
    assertThatThrownBy(() -> read(content.replace("REQUIRED", REQUIRED), Scenario.HAPPY))
        .isInstanceOfSatisfying(
            RefusedRelease.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .asString()
                    .startsWith(problem)
                    .contains("line 1, column"));
  }

  @Test
  void everyProblemIsNamed() {
    assertThatThrownBy(() -> read("{}", Scenario.HAPPY))
        .isInstanceOfSatisfying(
            RefusedRelease.class, refused -> assertThat(refused.problems()).hasSize(3));
  }

  @Test
  void fileThatNoExecutionTakesIsRefused() {
    assertThatThrownBy(() -> read("{\"a\": \"%s\"}".formatted("x".repeat(262_144)), Scenario.HAPPY))
        .hasMessage(
            "found a file of 262153 bytes, expected at most the 262144 of an execution's input");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          REJECT | "approval": "skip"          | approval: found "skip", expected a question that -Dapproval=reject can answer
          DRIFT  | "steps": [{"weight": 10}, {"weight": 100}] | steps: found the weights 10, 100, expected one from 50 to 99: there -Dscenario=drift happens
          FLAP   | "steps": [{"weight": 10}, {"weight": 100}] | steps: found the weights 10, 100, expected one from 50 to 99: there -Dscenario=flap happens
          FLAP   | "health": {"recoverySeconds": 119} | health.recoverySeconds: found 119, expected 120 or more: -Dscenario=flap needs them
          WORSE  | "minRequests": 299          | minRequests: found 299, expected 300 or more: -Dscenario=worse needs them
          ALARM  | "dryRun": true              | dryRun: found true, expected false: -Dscenario=alarm cannot happen to a plan
          """)
  void scenarioThatCannotHappenIsRefused(Scenario scenario, String field, String problem) {
    refused("{%s, %s}".formatted(REQUIRED, field), scenario, problem);
  }

  private void refused(String content, Scenario scenario, String problem) {
    assertThatThrownBy(() -> read(content, scenario))
        .isInstanceOfSatisfying(
            RefusedRelease.class,
            refused -> assertThat(refused.problems()).containsExactly(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          HAPPY | "dryRun": true     | Planned
          HAPPY | "approval": "skip" | Released
          HAPPY | "commit": "1"      | Released
          DRIFT | "steps": [{"weight": 60}, {"weight": 100}] | RolledBack
          """)
  void endIsExpectedAsTheFileSays(Scenario scenario, String field, String expected)
      throws IOException {
    ReleaseFile file = read("{%s, %s}".formatted(REQUIRED, field), scenario);
    assertThat(ScenarioCheck.expected(file.release(), options(scenario, Optional.empty())))
        .isEqualTo(expected);
  }

  private ReleaseFile read(String content, Scenario scenario) throws IOException {
    Path file = Files.writeString(folder.resolve("my.json"), content);
    return ReleaseFile.of(options(scenario, Optional.of(file)));
  }

  private static Options options(Scenario scenario, Optional<Path> file) {
    ApprovalMode answering = scenario.answering().orElse(ApprovalMode.APPROVE);
    return new Options(scenario, 150, 10, file, answering, false);
  }
}
