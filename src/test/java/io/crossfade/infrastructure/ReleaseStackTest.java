package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.template.FunctionResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code template.yaml} is for whoever deploys it otherwise than the tests do. */
class ReleaseStackTest {
  private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1a2b-3c";

  /** A state machine's name has 80 characters at most, and {@code -release} is added. */
  private static final int LONGEST_STACK_NAME = 72;

  @Test
  void onlyThePlanDecryptsAndOnlyWhatItsKeyEncryptsInS3() {
    assertThat(decrypting(Map.of())).isEmpty();
    assertThat(decrypting(Map.of("ArtifactKeyArn", KEY)))
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.at("/Resource").asText()).isEqualTo(KEY);
              assertThat(statement.at("/Condition/StringEquals/kms:ViaService").asText())
                  .isEqualTo("s3.eu-central-1.amazonaws.com");
            });
  }

  /** A stack without a limit reads none of it. */
  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "60000, true"})
  void thePlanReadsTheRequestRateWhereThereIsALimit(String limit, boolean reads) {
    try (LocalSlack slack = new LocalSlack()) {
      Map<String, String> parameters = new HashMap<>(slack.parameters());
      parameters.put("BusyRequestsPerMinute", limit);
      assertThat(Stack.template("site", parameters).functions())
          .filteredOn(function -> function.logicalId().equals("PlanFunction"))
          .singleElement()
          .satisfies(
              plan -> {
                assertThat(plan.policies().toString().contains("cloudwatch:GetMetricData"))
                    .isEqualTo(reads);
                assertThat(plan.environment())
                    .containsEntry("CROSSFADE_BUSY_REQUESTS_PER_MINUTE", limit);
              });
    }
  }

  /** The plan would not start with any other, and every release would end in an error. */
  @ParameterizedTest
  @CsvSource({
    "BusyRequestsPerMinute, 0.5, false",
    "BusyRequestsPerMinute, -1, false",
    "BusyRequestsPerMinute, 00, false",
    "BusyRequestsPerMinute, 1000000001, false",
    "BusyRequestsPerMinute, 1000000000, true",
    "BakeSeconds, 0.5, false",
    "BakeSeconds, 7201, false",
    "BakeSeconds, 7200, true",
    "BakeSeconds, 7199, true",
    "BakeSeconds, 6999, true",
    "BakeSeconds, 60, true",
    "BakeSeconds, 0, true"
  })
  void aSettingOfThePlanIsAWholeNumber(String parameter, String value, boolean deploys) {
    try (LocalSlack slack = new LocalSlack()) {
      Map<String, String> parameters = new HashMap<>(slack.parameters());
      parameters.put(parameter, value);
      ThrowingCallable deploy = () -> Stack.template("site", parameters);
      if (deploys) {
        assertThatCode(deploy).doesNotThrowAnyException();
        assertThat(Integer.parseInt(value)).isNotNegative();
      } else {
        assertThatThrownBy(deploy)
            .hasMessageStartingWith("parameter %s must match ".formatted(parameter));
      }
    }
  }

  private static List<JsonNode> decrypting(Map<String, String> more) {
    List<JsonNode> found = new ArrayList<>();
    try (LocalSlack slack = new LocalSlack()) {
      Map<String, String> parameters = new HashMap<>(slack.parameters());
      parameters.putAll(more);
      for (FunctionResource function : Stack.template("site", parameters).functions()) {
        for (JsonNode statement : function.policies().findValue("Statement")) {
          if (statement.path("Action").toString().contains("kms:")) {
            assertThat(function.logicalId()).isEqualTo("PlanFunction");
            found.add(statement);
          }
        }
      }
    }
    return found;
  }

  /** Names that CloudFormation makes by itself it cuts; those that we make it does not. */
  @ParameterizedTest
  @CsvSource({"Name, 80", "LogGroupName, 512"})
  void theLongestStackNameThatTheReadmeAllowsFits(String property, int most) throws IOException {
    String template = Files.readString(Path.of("template.yaml"));
    Matcher names =
        Pattern.compile("(?m)^ +%s: !Sub (.*\\$\\{AWS::StackName}.*)$".formatted(property))
            .matcher(template);
    List<String> made = new ArrayList<>();
    while (names.find()) {
      made.add(names.group(1).replace("${AWS::StackName}", "x".repeat(LONGEST_STACK_NAME)));
    }
    assertThat(made).isNotEmpty().allSatisfy(name -> assertThat(name).hasSizeBetween(1, most));
    assertThat(template.split("Name: !Sub [^\n]*\\$\\{AWS::StackName}", -1)).hasSize(3);
    assertThat(Files.readString(Path.of("README.md")))
        .contains("at most %d characters".formatted(LONGEST_STACK_NAME));
  }

  /** What a person runs who restores a rule by hand, as the page has it. */
  @Test
  void actionsThatAreRestoredByHandKeepTheirLogin(@TempDir Path folder) throws IOException {
    Tool.require(Tool.starts("jq", "--version"), "there is no jq: docs/operations.md");
    Matcher command =
        Pattern.compile("(?m)^\\$ (jq '\\[\\.snapshot\\.actions.*)$")
            .matcher(Files.readString(Path.of("docs/operations.md")));
    assertThat(command.find()).isTrue();
    Files.writeString(
        folder.resolve("snapshot.json"),
        """
        {"snapshot": {"actions": [
          {"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": {"ClientId": "c"}},
          {"Type": "forward", "Order": 2, "TargetGroupArn": "a",
           "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "a", "Weight": 1}]}}]}}
        """);

    Tool.Run run = Tool.run(List.of("bash", "-c", command.group(1)), Map.of(), folder);

    assertThat(run.exit()).as(run.output()).isZero();
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(folder.resolve("actions.json").toFile()))
        .isEqualTo(
            json.readTree(
                """
                [{"Type": "authenticate-oidc", "Order": 1,
                  "AuthenticateOidcConfig": {"ClientId": "c", "UseExistingClientSecret": true}},
                 {"Type": "forward", "Order": 2,
                  "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "a", "Weight": 1}]}}]
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "template.yaml",
        "statemachine/release.asl.json",
        "infrastructure/network.yaml",
        "infrastructure/site.yaml",
        "infrastructure/pipeline.yaml",
        "infrastructure/site-stack-policy.json",
        "infrastructure/site-present.sh",
        "buildspec.yml"
      })
  void noFileSaysWhichPartitionItIsIn(String file) throws IOException {
    assertThat(Files.readString(Path.of(file))).doesNotContain("arn:aws:", ".amazonaws.com/");
  }
}
