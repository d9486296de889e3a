package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.HealthSettings;
import io.crossfade.release.Release;
import io.crossfade.release.Revert;
import io.crossfade.release.Sample;
import io.crossfade.release.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseParserTest {
  private static final ReleaseDefaults DEFAULTS =
      new ReleaseDefaults("site", 120, Sample.PLACE, true, true);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theThreeFieldsOfTheBuildAreEnough() {
    Release release = release("{}");
    assertThat(release.imageUri()).isEqualTo(Sample.IMAGE);
    assertThat(release.baseServiceName()).isEqualTo("backend");
    assertThat(release.ruleArn()).isEqualTo(Sample.RULE);
    assertThat(release.cluster()).isEqualTo("site");
    assertThat(release.container()).isNull();
    assertThat(release.steps())
        .containsExactly(
            new Step(25, 120), new Step(50, 120), new Step(75, 120), new Step(100, 120));
    assertThat(release.alarms()).isEmpty();
    assertThat(release.approval()).isEqualTo(new ApprovalSettings(false, 3600));
    assertThat(release.health()).isEqualTo(new HealthSettings(900, 3, 300));
    assertThat(release.minRequests()).isZero();
    assertThat(release.dryRun()).isFalse();
    assertThat(release.override()).isNull();
  }

  /** All its waits together must fit an execution's history. */
  @ParameterizedTest
  @CsvSource({
    "1, 1800, true",
    "5, 1800, true",
    "6, 1650, true",
    "6, 1651, false",
    "20, 600, true",
    "20, 601, false"
  })
  void theMoreStepsTheShorterARecoveryMayTake(int steps, int seconds, boolean valid) {
    String weights =
        IntStream.rangeClosed(1, steps)
            .mapToObj(step -> "{\"weight\": %d}".formatted(step == steps ? 100 : step))
            .collect(Collectors.joining(", "));
    String change =
        "{\"steps\": [%s], \"health\": {\"recoverySeconds\": %d}}".formatted(weights, seconds);
    assertThat(parsed(change))
        .isInstanceOf(valid ? ReleaseParser.Valid.class : ReleaseParser.Invalid.class);
  }

  @Test
  void awsOwnSpellingOfTheImageIsUnderstood() {
    Map<String, Object> input = input("{}");
    input.put("ImageURI", input.remove("imageUri"));
    assertThat(((ReleaseParser.Valid) ReleaseParser.parse(input, DEFAULTS)).release().imageUri())
        .isEqualTo(Sample.IMAGE);
  }

  @Test
  void everyOptionIsRead() {
    Release release =
        release(
            """
                {"cluster": "arn:aws:ecs:eu-central-1:123456789012:cluster/site", "container": "web", "alarms": ["errors"], "dryRun": true,
                 "steps": [{"weight": 10, "bakeSeconds": 0}, {"weight": 100}],
                 "approval": {"timeoutSeconds": 60},
                 "health": {"deadlineSeconds": 1800, "polls": 5, "recoverySeconds": 0}, "minRequests": 100000, "commit": "abc", "author": "An",
                 "createdAt": "2026-01-31T12:00:00Z",
                 "override": {"checks": ["no-alarms"], "by": "An", "why": "first release"}}""");
    assertThat(release.cluster()).isEqualTo("arn:aws:ecs:eu-central-1:123456789012:cluster/site");
    assertThat(release.container()).isEqualTo("web");
    assertThat(release.steps()).containsExactly(new Step(10, 0), new Step(100, 120));
    assertThat(release.alarms()).containsExactly("errors");
    assertThat(release.approval()).isEqualTo(new ApprovalSettings(false, 60));
    assertThat(release.health()).isEqualTo(new HealthSettings(1800, 5, 0));
    assertThat(release.minRequests()).isEqualTo(100_000);
    assertThat(release.commit()).isEqualTo("abc");
    assertThat(release.author()).isEqualTo("An");
    assertThat(release.createdAt()).isEqualTo(Sample.START);
    assertThat(release.dryRun()).isTrue();
    assertThat(release.override())
        .isEqualTo(
            new CheckOverride(List.of(CheckOverride.Check.NO_ALARMS), "An", "first release"));
  }

  @Test
  void aRevertNeedsADeploymentAndAReason() {
    RevertRequest request = revert("{\"revert\": \"run-1\", \"why\": \"slow\"}", true);
    assertThat(request)
        .isEqualTo(
            new RevertRequest(
                new Revert("run-1", "slow", null),
                List.of(new Step(100, 120)),
                null,
                ApprovalSettings.SKIP,
                false,
                null));
  }

  @Test
  void everyOptionOfARevertIsRead() {
    RevertRequest request =
        revert(
            """
            {"revert": "run-1", "why": "slow", "by": "ann@example.com", "dryRun": true,
             "steps": [{"weight": 50, "bakeSeconds": 60}, {"weight": 100}],
             "alarms": ["checkout"], "approval": {"timeoutSeconds": 60},
             "override": {"checks": ["frozen"], "by": "ann", "why": "now"}}""",
            true);
    assertThat(request)
        .isEqualTo(
            new RevertRequest(
                new Revert("run-1", "slow", "ann@example.com"),
                List.of(new Step(50, 60), new Step(100, 120)),
                List.of("checkout"),
                new ApprovalSettings(false, 60),
                true,
                new CheckOverride(List.of(CheckOverride.Check.FROZEN), "ann", "now")));
  }

  /** What a pipeline may not leave out, a person who asks for it by name need not have. */
  @Test
  void nobodyIsAskedAboutARevertWhateverTheStackAllows() {
    String input = "{\"revert\": \"run-1\", \"why\": \"slow\"%s}";
    assertThat(revert(input.formatted(""), false).approval()).isEqualTo(ApprovalSettings.SKIP);
    assertThat(revert(input.formatted(", \"approval\": \"skip\""), false).approval())
        .isEqualTo(ApprovalSettings.SKIP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"revert": "run-1"}                                              | why
          {"revert": null, "why": "slow"}                                  | revert
          {"revert": "", "why": "slow"}                                    | revert
          {"revert": "a/../b", "why": "slow"}                              | revert
          {"revert": "run-1", "why": " "}                                  | why
          {"revert": "run-1", "why": "slow", "by": ""}                     | by
          {"revert": "run-1", "why": "slow", "imageUri": "a:1"}            | imageUri
          {"revert": "run-1", "why": "slow", "rule_arn": "x"}              | rule_arn
          {"revert": "run-1", "why": "slow", "steps": [{"weight": 50}]}    | steps[0].weight
          {"revert": "run-1", "why": "slow", "approval": "no"}             | approval
          {"revert": "run-1", "why": "slow", "override": {"checks": []}}   | override.checks
          """)
  void aRevertIsReadAsStrictly(String input, String field) {
    assertThat(errors(ReleaseParser.parse(json(input), DEFAULTS)))
        .extracting(ValidationError::field)
        .contains(field);
  }

  private static RevertRequest revert(String input, boolean skipAllowed) {
    var defaults = new ReleaseDefaults("site", 120, Sample.PLACE, skipAllowed, true);
    return ((ReleaseParser.OfRevert) ReleaseParser.parse(json(input), defaults)).request();
  }

  @ParameterizedTest
  @CsvSource({"aws-cn, cn-north-1", "aws-us-gov, us-gov-west-1"})
  void otherPartitionsAreTaken(String partition, String region) {
    String rule = Sample.RULE.replace("arn:aws:", "arn:%s:".formatted(partition));
    String cluster = "arn:%s:ecs:%s:123456789012:cluster/site".formatted(partition, region);
    var parsed =
        ReleaseParser.parse(
            input(
                "{\"rule_arn\": \"%s\", \"cluster\": \"%s\"}"
                    .formatted(rule.replace("eu-central-1", region), cluster)),
            new ReleaseDefaults(
                "site",
                120,
                "in region %s and account 123456789012".formatted(region),
                false,
                false));
    assertThat(parsed).isInstanceOf(ReleaseParser.Valid.class);
  }

  @Test
  void anApprovalCanBeSkipped() {
    assertThat(release("{\"approval\": \"skip\"}").approval()).isEqualTo(ApprovalSettings.SKIP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      useHeadersInDisplayName = true,
      textBlock =
          """
          skip  | overrides | input                                                              | refused
          false | false     | {}                                                                 |
          false | false     | {"approval": {"timeoutSeconds": 60}}                               |
          false | true      | {"approval": "skip"}                                               | approval
          true  | false     | {"approval": "skip"}                                               |
          true  | false     | {"override": {"checks": ["no-alarms"], "by": "An", "why": "new"}}  | override
          false | true      | {"override": {"checks": ["no-alarms"], "by": "An", "why": "new"}}  |
          true  | false     | {"override": 7}                                                    | override
          false | false     | {"approval": "skip", "dryRun": true}                               | approval
          """)
  void theStackSaysWhatAReleaseMayLeaveOut(
      boolean skip, boolean overrides, String input, String refused) {
    var defaults = new ReleaseDefaults("site", 120, Sample.PLACE, skip, overrides);
    var parsed = ReleaseParser.parse(input(input), defaults);
    if (refused == null) {
      assertThat(parsed).isInstanceOf(ReleaseParser.Valid.class);
    } else {
      assertThat(errors(parsed)).extracting(ValidationError::field).containsExactly(refused);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"imageUri": null} | imageUri | null
          {"imageUri": 7} | imageUri | 7
          {"imageUri": ""} | imageUri | ""
          {"imageUri": "repo"} | imageUri | "repo"
          {"imageUri": "repo:5000/image"} | imageUri | "repo:5000/image"
          {"imageUri": "UPPER:1"} | imageUri | "UPPER:1"
          {"imageUri": "a/b@sha256:12"} | imageUri | "a/b@sha256:12"
          {"imageUri": "a/b:1 && rm -rf /"} | imageUri | "a/b:1 && rm -rf /"
          {"ImageURI": "other:1"} | ImageURI | "other:1"
          {"BASE_SERVICE_NAME": null} | BASE_SERVICE_NAME | null
          {"BASE_SERVICE_NAME": "backend-green"} | BASE_SERVICE_NAME | "backend-green"
          {"BASE_SERVICE_NAME": "back end"} | BASE_SERVICE_NAME | "back end"
          {"rule_arn": null} | rule_arn | null
          {"rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/site/1a/2b"} | rule_arn | the ARN of a listener, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/site/1a/2b"
          {"rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/net/site/1a/2b/3c"} | rule_arn | the ARN of a rule of a Network Load Balancer, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/net/site/1a/2b/3c"
          {"test_rule_arn": null} | test_rule_arn | null
          {"test_rule_arn": "backend"} | test_rule_arn | "backend"
          {"test_rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/site/1a/2b"} | test_rule_arn | the ARN of a listener, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/site/1a/2b"
          {"test_rule_arn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/site/1a/2b/3d"} | test_rule_arn | "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/site/1a/2b/3d"
          {"cluster": ""} | cluster | ""
          {"cluster": "a b"} | cluster | "a b"
          {"cluster": "other"} | cluster | "other"
          {"steps": [{"weight": 50, "bakeSeconds": 21600}, {"weight": 100, "bakeSeconds": 1}]} | steps | 21601 s of baking in all
          {"container": "a b"} | container | "a b"
          {"steps": []} | steps | an empty list
          {"steps": "25"} | steps | "25"
          {"steps": [25]} | steps[0] | 25
          {"steps": [{}]} | steps[0].weight | nothing
          {"steps": [{"weight": 0}]} | steps[0].weight | 0
          {"steps": [{"weight": 101}]} | steps[0].weight | 101
          {"steps": [{"weight": 50.5}]} | steps[0].weight | 50.5
          {"steps": [{"weight": "100"}]} | steps[0].weight | "100"
          {"steps": [{"weight": 100, "bakeSeconds": -1}]} | steps[0].bakeSeconds | -1
          {"steps": [{"weight": 100, "bakeSeconds": 86401}]} | steps[0].bakeSeconds | 86401
          {"steps": [{"weight": 50}, {"weight": 50}, {"weight": 100}]} | steps[1].weight | 50
          {"steps": [{"weight": 50}, {"weight": 75}]} | steps[1].weight | 75
          {"alarms": "errors"} | alarms | "errors"
          {"alarms": [""]} | alarms[0] | ""
          {"approval": "never"} | approval | "never"
          {"approval": {"timeoutSeconds": 59}} | approval.timeoutSeconds | 59
          {"approval": {"timeoutSeconds": 432001}} | approval.timeoutSeconds | 432001
          {"health": 900} | health | 900
          {"health": {"deadlineSeconds": 59}} | health.deadlineSeconds | 59
          {"health": {"deadlineSeconds": 1801}} | health.deadlineSeconds | 1801
          {"health": {"polls": 0}} | health.polls | 0
          {"health": {"polls": 11}} | health.polls | 11
          {"health": {"recoverySeconds": -1}} | health.recoverySeconds | -1
          {"health": {"recoverySeconds": 1801}} | health.recoverySeconds | 1801
          {"health": {"recoverySeconds": "300"}} | health.recoverySeconds | "300"
          {"health": {"deadline": 900}} | health.deadline | an unknown field
          {"minRequests": -1} | minRequests | -1
          {"minRequests": 100001} | minRequests | 100001
          {"minRequests": "100"} | minRequests | "100"
          {"createdAt": "yesterday"} | createdAt | "yesterday"
          {"dryRun": "yes"} | dryRun | "yes"
          {"override": true} | override | true
          {"override": {"checks": ["everything"], "by": "An", "why": "so"}} | override.checks[0] | "everything"
          {"override": {"checks": ["no-alarms"], "by": " ", "why": "so"}} | override.by | " "
          {"override": {"checks": ["no-alarms"], "by": "An"}} | override.why | nothing
          """)
  void whatIsWrongIsRefusedByNameWithWhatWasFound(String change, String field, String found) {
    assertThat(errors(change))
        .anySatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.found()).isEqualTo(found);
              assertThat(problem.expected()).isNotBlank();
            });
    assertThat(parsed(change)).isInstanceOf(ReleaseParser.Invalid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "imageuri, imageUri",
    "imageUrl, imageUri",
    "BASE_SERVICE_NAM, BASE_SERVICE_NAME",
    "rule-arn, rule_arn",
    "aproval, approval",
    "dryrun, dryRun",
    "overide, override"
  })
  void oneWrongLetterShowsTheNearestName(String written, String meant) {
    assertThat(errors("{\"" + written + "\": true}"))
        .extracting(ValidationError::sentence)
        .contains(
            "%s: found an unknown field, expected \"%s\" (did you mean this?)"
                .formatted(written, meant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"something\": 1}", "{\"override\": {\"x\": 1}}"})
  void aNameThatIsNearNothingIsNotExplained(String change) {
    assertThat(errors(change))
        .extracting(ValidationError::sentence)
        .noneMatch(sentence -> sentence.contains("did you mean"));
  }

  @Test
  void theTestRuleIsAnotherRuleOfTheSameLoadBalancer() {
    String other = Sample.RULE + "9";
    String elsewhere = other.replace("/app/", "/app/other-");

    assertThat(release("{\"test_rule_arn\": \"" + other + "\"}").testRuleArn()).isEqualTo(other);
    assertThat(release("{}").testRuleArn()).isNull();
    assertThat(errors("{\"test_rule_arn\": \"" + Sample.RULE + "\"}"))
        .extracting(ValidationError::expected)
        .containsExactly("another rule than rule_arn, which the users' requests take");
    assertThat(errors("{\"test_rule_arn\": \"" + elsewhere + "\"}"))
        .extracting(ValidationError::expected)
        .containsExactly("a rule of the load balancer of rule_arn");
  }

  @Test
  void stepsThatFallAreToldBesideWhatElseIsWrong() {
    assertThat(errors("{\"imageUri\": 5, \"steps\": [{\"weight\": 50}, {\"weight\": 25}]}"))
        .extracting(ValidationError::field)
        .containsExactlyInAnyOrder("imageUri", "steps[1].weight");
  }

  @Test
  void aMisspeltFieldInsideAStepIsRefusedToo() {
    assertThat(errors("{\"steps\": [{\"weight\": 100, \"bakeSecond\": 5}]}"))
        .extracting(ValidationError::field)
        .containsExactly("steps[0].bakeSecond");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    var problems = errors("{\"imageUri\": 1, \"rule_arn\": \"x\", \"step\": [], \"dryRun\": 3}");
    assertThat(problems)
        .extracting(ValidationError::field)
        .containsExactlyInAnyOrder("imageUri", "rule_arn", "step", "dryRun");
  }

  @Test
  void withoutADefaultClusterOneMustBeNamed() {
    var parsed =
        ReleaseParser.parse(input("{}"), new ReleaseDefaults("", 120, Sample.PLACE, true, true));
    assertThat(errors(parsed)).extracting(ValidationError::field).containsExactly("cluster");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx:1.27",
        "library/nginx:latest",
        "localhost:5000/team/app:v1",
        "public.ecr.aws/nginx/nginx:stable",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/a_b/c__d-e.f:Tag_1.0-x"
      })
  void imagesOfAnyRegistryAreTaken(String image) {
    assertThat(errors("{\"imageUri\": \"" + image + "\"}")).isEmpty();
  }

  private static ReleaseParser.Result parsed(String change) {
    return ReleaseParser.parse(input(change), DEFAULTS);
  }

  private static Release release(String change) {
    return ((ReleaseParser.Valid) parsed(change)).release();
  }

  private static List<ValidationError> errors(String change) {
    return errors(parsed(change));
  }

  private static List<ValidationError> errors(ReleaseParser.Result parsed) {
    return parsed instanceof ReleaseParser.Invalid invalid ? invalid.errors() : List.of();
  }

  /** A good input with some fields changed. */
  private static Map<String, Object> input(String change) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("imageUri", Sample.IMAGE);
    input.put("BASE_SERVICE_NAME", "backend");
    input.put("rule_arn", Sample.RULE);
    input.putAll(json(change));
    return input;
  }

  private static Map<String, Object> json(String text) {
    try {
      return JSON.readValue(text, new TypeReference<Map<String, Object>>() {});
    } catch (java.io.IOException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }
}
