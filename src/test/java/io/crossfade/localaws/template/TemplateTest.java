package io.crossfade.localaws.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final String HEAD =
      """
      Parameters:
        Stage: {Type: String, Default: test, AllowedValues: [test, live]}
        Count: {Type: Number, Default: 3, MinValue: 1, MaxValue: 9}
        Name: {Type: String, Default: abc, AllowedPattern: "[a-z]*", MinLength: 2, MaxLength: 5}
        Zones: {Type: CommaDelimitedList, Default: "a,b"}
      Mappings:
        Sizes: {test: {memory: 256}, live: {memory: 1024}}
      Conditions:
        IsLive: !Equals [!Ref Stage, live]
        NotLive: !Not [!Condition IsLive]
        Both: !And [!Condition IsLive, !Condition NotLive]
        One: !Or [!Condition IsLive, !Condition NotLive]
      """;

  @TempDir Path folder;

  private Template template(String text) throws IOException {
    Path file = folder.resolve("template.yaml");
    return Template.load(Files.writeString(file, text));
  }

  private ResolvedTemplate resolved(String resources) throws IOException {
    return template(HEAD + "Resources:\n" + resources.indent(2)).resolve(Map.of());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          !Ref Stage                                             | "test"
          !Ref AWS::Region                                       | "eu-central-1"
          !Ref AWS::StackName                                    | "crossfade"
          !Ref Zones                                             | ["a","b"]
          !Ref Topic                                             | "arn:aws:sns:eu-central-1:123456789012:crossfade-Topic"
          !GetAtt Topic.TopicName                                | "crossfade-Topic"
          !Ref Bucket                                            | "crossfade-bucket"
          !GetAtt Bucket.Arn                                     | "arn:aws:s3:::crossfade-bucket"
          !Ref Fn                                                | "crossfade-Fn"
          !GetAtt Fn.Arn                                         | "arn:aws:lambda:eu-central-1:123456789012:function:crossfade-Fn"
          !GetAtt FnRole.Arn                                     | "arn:aws:iam::123456789012:role/crossfade-FnRole"
          !Ref Named                                             | "fn-test"
          !Ref Machine                                           | "arn:aws:states:eu-central-1:123456789012:stateMachine:crossfade-Machine"
          !GetAtt Machine.Name                                   | "crossfade-Machine"
          !GetAtt Logs.Arn                                       | "arn:aws:logs:eu-central-1:123456789012:log-group:/a/b:*"
          !Sub "${Stage}-${Bucket.Arn}-${!Kept}"                 | "test-arn:aws:s3:::crossfade-bucket-${Kept}"
          !Sub ["${X}-${Stage}", {X: !Ref Count}]                | "3-test"
          {"Fn::Sub": "${AWS::Partition}"}                       | "aws"
          !If [IsLive, 1, 2]                                     | 2
          !If [NotLive, {a: !Ref Stage}, 2]                      | {"a":"test"}
          !If [Both, 1, 2]                                       | 2
          !If [One, 1, 2]                                        | 1
          !Join ["-", [a, !Ref Stage]]                           | "a-test"
          !Join ["", !Ref Zones]                                 | "ab"
          !Select [1, !Split [",", "x,y"]]                       | "y"
          !FindInMap [Sizes, !Ref Stage, memory]                 | 256
          {a: !Ref AWS::NoValue, b: [!Ref AWS::NoValue, 1]}      | {"b":[1]}
          {Version: 2012-10-17}                                  | {"Version":"2012-10-17"}
          {Condition: {Bool: {x: y}}}                            | {"Condition":{"Bool":{"x":"y"}}}
          """)
  void functionsHaveValues(String expression, String value) throws Exception {
    ResolvedTemplate resolved =
        resolved(
            """
            Topic: {Type: "AWS::SNS::Topic"}
            Bucket: {Type: "AWS::S3::Bucket"}
            Fn: {Type: "AWS::Serverless::Function"}
            Named: {Type: "AWS::Serverless::Function", Properties: {FunctionName: !Sub "fn-${Stage}"}}
            Machine: {Type: "AWS::Serverless::StateMachine"}
            Logs: {Type: "AWS::Logs::LogGroup", Properties: {LogGroupName: /a/b}}
            It: {Type: "AWS::SNS::TopicPolicy", Properties: {Value: %s}}
            """
                .formatted(expression));
    JsonNode got = resolved.resource("It").path("Properties").path("Value");
    assertThat(got).isEqualTo(TemplateYaml.JSON.readTree(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Stage | prod   | parameter Stage must be one of ["test","live"], found "prod"
          Count | x      | parameter Count must be a number, found "x"
          Count | 0      | parameter Count must be at least 1, found "0"
          Count | 10     | parameter Count must be at most 9, found "10"
          Name  | AB     | parameter Name must match [a-z]*, found "AB"
          Name  | a      | parameter Name must have at least 2 characters, found "a"
          Name  | abcdef | parameter Name must have at most 5 characters, found "abcdef"
          Nmae  | ab     | the template has no parameter Nmae
          """)
  void aBadParameterIsRefused(String name, String value, String message) throws Exception {
    Template template = template(HEAD);
    assertThatThrownBy(() -> template.resolve(Map.of(name, value))).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          It: {Type: "AWS::RDS::DBCluster"}                                                            | resource type not emulated: AWS::RDS::DBCluster (It)
          It: {Type: "AWS::SNS::Topic", Foo: 1}                                                        | not emulated: Foo in It
          It: {Type: "AWS::SNS::Topic", DependsOn: Gone}                                               | It: DependsOn names no resource: Gone
          It: {Type: "AWS::SNS::Topic", Properties: {X: !Ref Gone}}                                    | It: unresolved reference: Gone
          It: {Type: "AWS::SNS::Topic", Properties: {X: !GetAtt It.Colour}}                            | It: It of type AWS::SNS::Topic has no attribute Colour
          It: {Type: "AWS::SNS::Topic", Properties: {X: !If [Gone, 1, 2]}}                             | It: there is no condition Gone
          It: {Type: "AWS::SNS::Topic", Properties: {X: !ImportValue y}}                               | It: intrinsic function not emulated: Fn::ImportValue
          It: {Type: "AWS::SNS::Topic", Properties: {X: {"Fn::Cidr": y}}}                              | It: intrinsic function not emulated: Fn::Cidr
          It: {Type: "AWS::SNS::Topic", Properties: {X: !FindInMap [Sizes, none, memory]}}             | It: Fn::FindInMap: nothing at ["Sizes","none","memory"]
          It: {Type: "AWS::SNS::Topic", Properties: {TopicName: !GetAtt It.TopicName}}                 | It: circular dependency: [It] and It
          """)
  void whatIsNotKnownIsRefusedByName(String resource, String message) {
    assertThatThrownBy(() -> resolved(resource))
        .isInstanceOf(TemplateError.class)
        .hasMessage(message);
  }

  @Test
  void aParameterWithoutDefaultMustBeGiven() throws Exception {
    Template template = template("Parameters: {Cluster: {Type: String}}");
    assertThatThrownBy(() -> template.resolve(Map.of()))
        .hasMessage("parameter Cluster has no default and must be given");
    assertThat(template.parameters()).containsEntry("Cluster", null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Foo: 1                         | not emulated: Foo in the template
          Globals: {Api: {}}             | not emulated: Globals.Api
          Outputs: {A: {Value: !Foo x}}  | intrinsic function not emulated: !Foo
          """)
  void anUnknownSectionIsRefused(String text, String message) {
    assertThatThrownBy(() -> template(text)).hasMessageContaining(message);
  }

  @Test
  void aResourceThatItsConditionLeavesOutIsNotThere() throws Exception {
    ResolvedTemplate resolved =
        resolved(
            "It: {Type: \"AWS::SNS::Topic\", Condition: IsLive}\nOther: {Type: \"AWS::SNS::Topic\"}");
    assertThat(resolved.topics()).extracting(TopicResource::logicalId).containsExactly("Other");
    assertThatThrownBy(
            () ->
                resolved(
                    "It: {Type: \"AWS::SNS::Topic\", Condition: IsLive}\n"
                        + "Other: {Type: \"AWS::SNS::Topic\", Properties: {X: !Ref It}}"))
        .hasMessageContaining("which its condition IsLive leaves out");
  }

  @Test
  void globalsAreMerged() throws Exception {
    Template template =
        template(
            """
            Globals:
              Function:
                Timeout: 60
                MemorySize: 256
                Layers: [a]
                Environment: {Variables: {A: 1, B: global}}
            Resources:
              Fn:
                Type: AWS::Serverless::Function
                Properties:
                  Timeout: 10
                  Layers: [b]
                  Environment: {Variables: {B: own, C: true}}
                  Policies: AWSLambdaExecute
              Plain: {Type: "AWS::Serverless::Function"}
            """);
    ResolvedTemplate resolved = template.resolve(Map.of());
    FunctionResource function = resolved.functions().get(0);
    assertThat(function.environment())
        .containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "B", "own", "C", "true"));
    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(function.memoryMb()).isEqualTo(256);
    assertThat(function.policies().toString()).isEqualTo("[\"AWSLambdaExecute\"]");
    assertThat(resolved.resource("Fn").at("/Properties/Layers").toString())
        .isEqualTo("[\"a\",\"b\"]");
    assertThat(resolved.functions().get(1).timeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aDefinitionGetsItsSubstitutions() throws Exception {
    Files.writeString(folder.resolve("m.json"), "{\"f\":\"${FnArn}\",\"g\":\"${FnArn}\"}");
    StateMachineResource machine = machine("FnArn: !GetAtt Fn.Arn").stateMachines().get(0);
    assertThat(machine.name()).isEqualTo("crossfade-M");
    assertThat(machine.definition())
        .isEqualTo("{'f':'%s','g':'%s'}".replace('\'', '"').formatted(arn(), arn()));
  }

  private static String arn() {
    return "arn:aws:lambda:eu-central-1:123456789012:function:crossfade-Fn";
  }

  private ResolvedTemplate machine(String substitutions) throws IOException {
    return resolved(
        """
        Fn: {Type: "AWS::Serverless::Function"}
        M:
          Type: AWS::Serverless::StateMachine
          Properties:
            DefinitionUri: m.json
            DefinitionSubstitutions: {%s}
        """
            .formatted(substitutions));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ${A} | B: 1       | M: DefinitionSubstitutions has no A, which the definition uses
          ${A} | A: 1, B: 2 | M: the definition uses no ${B}
          """)
  void substitutionsMustMatchBothWays(String text, String substitutions, String message)
      throws Exception {
    Files.writeString(folder.resolve("m.json"), text);
    ResolvedTemplate resolved = machine(substitutions);
    assertThatThrownBy(resolved::stateMachines).hasMessage(message);
  }

  @Test
  void aDefinitionThatIsNotThereIsToldOf() throws Exception {
    ResolvedTemplate resolved = machine("");
    assertThatThrownBy(resolved::stateMachines)
        .hasMessageContaining("DefinitionUri cannot be read");
  }

  @Test
  void theProjectsOwnTemplateResolves() {
    ResolvedTemplate resolved = Stack.template("c");
    assertThat(resolved.functions())
        .isNotEmpty()
        .allSatisfy(
            function -> assertThat(function.environment()).containsKey("QUARKUS_LAMBDA_HANDLER"));
    assertThat(resolved.stateMachines())
        .singleElement()
        .satisfies(machine -> assertThat(machine.definition()).doesNotContain("${"));
  }

  @Test
  void rulesThatCallAFunctionAreResolved() throws Exception {
    FunctionResource function =
        resolved(
                """
                Fn:
                  Type: AWS::Serverless::Function
                  Properties:
                    EventInvokeConfig: {MaximumRetryAttempts: 1}
                    Events:
                      Ended:
                        Type: EventBridgeRule
                        Properties:
                          Pattern: {source: [aws.states], detail: {name: [!Ref Stage]}}
                          InputPath: $.detail
                          RetryPolicy: {MaximumRetryAttempts: 5}
                      Old:
                        Type: CloudWatchEvent
                        Properties: {Pattern: {source: [x]}, RuleName: old, State: DISABLED}
                """)
            .functions()
            .get(0);
    assertThat(function.events())
        .containsExactly(
            new EventRule(
                "FnEnded",
                "crossfade-FnEnded",
                true,
                json("{'source':['aws.states'],'detail':{'name':['test']}}"),
                "$.detail",
                null,
                1),
            new EventRule("FnOld", "old", false, json("{'source':['x']}"), null, null, 1));
  }

  @Test
  void schedulesThatCallAFunctionAreResolved() throws Exception {
    FunctionResource function =
        resolved(
                """
                Fn:
                  Type: AWS::Serverless::Function
                  Properties:
                    Events:
                      Warm: {Type: Schedule, Properties: {Schedule: rate(15 minutes), Input: "{}"}}
                """)
            .functions()
            .get(0);
    assertThat(function.events())
        .containsExactly(new EventSchedule("FnWarm", Duration.ofMinutes(15), "{}"));
  }

  private static JsonNode json(String text) throws IOException {
    return TemplateYaml.JSON.readTree(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {Type: ScheduleV2}                                     | event type not emulated: ScheduleV2 (E)
          {Type: Schedule, Properties: {Schedule: rate(5 minutes)}} | a schedule needs an Input and a rate of minutes
          {Type: Schedule, Properties: {Schedule: rate(1 minutes), Input: "{}"}} | found rate(1 minutes)
          {Type: Schedule, Properties: {Schedule: cron(0 8), Input: "{}"}} | found cron(0 8
          {Type: Schedule, Properties: {Schedule: rate(5 minutes), Input: "{}", Enabled: false}} | not emulated: Enabled in a Schedule event
          {Type: EventBridgeRule}                                | an EventBridgeRule event needs a Pattern
          {Type: EventBridgeRule, Properties: {Pattern: {a: [b]}, EventBusName: x}} | not emulated: EventBusName in an EventBridgeRule event
          {Type: EventBridgeRule, Properties: {Pattern: {a: [b]}, Input: "1", InputPath: $.a}} | an EventBridgeRule event has both Input and InputPath
          {Type: EventBridgeRule, Properties: {Pattern: {a: [b]}, State: OFF}} | State not emulated
          """)
  void eventsThatNobodyWouldDeliverAreRefused(String event, String why) {
    String function =
        "Fn: {Type: 'AWS::Serverless::Function', Properties: {Events: {E: %s}}}\n".formatted(event);
    assertThatThrownBy(() -> resolved(function).functions())
        .isInstanceOf(TemplateError.class)
        .hasMessageContaining(why);
  }
}
