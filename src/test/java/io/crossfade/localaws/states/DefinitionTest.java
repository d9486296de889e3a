package io.crossfade.localaws.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.states.Definition.InvalidDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'Type':'Parallel','Branches':[],'End':true}                     | /States/A/Type is not emulated: Parallel
          {'Type':'Map','End':true}                                        | /States/A/Type is not emulated: Map
          {'Type':'Pass','End':true,'Assign':{}}                           | /States/A/Assign is not supported here
          {'Type':'Succeed','End':true}                                    | /States/A/End is not supported here
          {'Type':'Pass'}                                                  | must have exactly one of [Next, End]
          {'Type':'Pass','End':true,'Next':'A'}                            | must have exactly one of [Next, End]
          {'Type':'Pass','Next':'B'}                                       | names no state: B
          {'Type':'Pass','Next':'A'}                                       | /States/A never reaches an end
          {'Type':'Pass','End':true,'ResultPath':'$.a[*]'}                 | is not a reference path: $.a[*]
          {'Type':'Pass','End':true,'InputPath':'a'}                       | /States/A/InputPath is not a path: a
          {'Type':'Pass','End':true,'Parameters':{'a.$':'States.Hash(1)'}} | intrinsic function not emulated: States.Hash
          {'Type':'Wait','End':true}                                       | must have exactly one of [Seconds, SecondsPath, Timestamp, TimestampPath]
          {'Type':'Wait','End':true,'Seconds':1.5}                         | /States/A/Seconds must be a whole number
          {'Type':'Wait','End':true,'Timestamp':'tomorrow'}                | must be an RFC 3339 timestamp
          {'Type':'Fail','Error':'E','ErrorPath':'$.e'}                    | must not have more than one of [Error, ErrorPath]
          {'Type':'Fail','InputPath':'$'}                                  | /States/A/InputPath is not supported here
          {'Type':'Choice','Choices':[]}                                   | must hold at least one rule
          {'Type':'Choice','Choices':[{'Variable':'$.a','StringEquals':'x'}]}             | /States/A/Choices[0].Next must be a string
          {'Type':'Choice','Choices':[{'Variable':'$.a','Equals':'x','Next':'A'}]}        | must have exactly one operator, found []
          {'Type':'Choice','Choices':[{'Variable':'$.a','StringEquals':1,'Next':'A'}]}    | cannot be compared with 1
          {'Type':'Choice','Choices':[{'Not':{'Variable':'$.a','IsNull':true},'Next':'A'}]} | Choices[0].Not is not supported here
          {'Type':'Choice','Choices':[{'Variable':'$.a','NumericEquals':1,'Next':'A'}]}   | NumericEquals is not supported here
          {'Type':'Task','End':true}                                       | /States/A/Resource must be a string
          {'Type':'Task','End':true,'Resource':'arn:aws:states:::sns:publish'} | /States/A/Resource is not emulated: arn:aws:states:::sns:publish
          """)
  void aBadStateIsRefusedByStateAndField(String state, String problem) {
    assertThatThrownBy(() -> Definition.parse(StepFunctionsBench.only(state.replace('\'', '"'))))
        .isInstanceOf(InvalidDefinition.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Parameters':{}                                                       | must have exactly one of [FunctionName, FunctionName.$]
          'Parameters':{'FunctionName':'f','InvocationType':'Event'}            | Parameters.InvocationType is not supported here
          'TimeoutSeconds':5,'HeartbeatSeconds':5                               | HeartbeatSeconds is not supported here
          'TimeoutSeconds':5,'TimeoutSecondsPath':'$.t'                         | must not have more than one of [TimeoutSeconds, TimeoutSecondsPath]
          'Retry':[{'ErrorEquals':[]}]                                          | Retry[0].ErrorEquals must name at least one error
          'Retry':[{'ErrorEquals':['States.ALL']},{'ErrorEquals':['E']}]        | must have States.ALL alone and last
          'Retry':[{'ErrorEquals':['States.ALL','E']}]                          | must have States.ALL alone and last
          'Retry':[{'ErrorEquals':['States.Timout']}]                           | knows no error States.Timout
          'Retry':[{'ErrorEquals':['E'],'BackoffRate':0.5}]                     | must be a number of at least 1
          'Retry':[{'ErrorEquals':['E'],'IntervalSeconds':5,'MaxDelaySeconds':5}] | must be greater than IntervalSeconds
          'Retry':[{'ErrorEquals':['E'],'JitterStrategy':'HALF'}]               | must be one of
          'Catch':[{'ErrorEquals':['States.ALL']}]                              | Catch[0].Next must be a string
          'Catch':[{'ErrorEquals':['States.ALL'],'Next':'Gone'}]                | names no state: Gone
          'Resource':'arn:aws:states:::lambda:invoke.waitForTaskToken'          | must pass $$.Task.Token on
          """)
  void aBadTaskIsRefusedByField(String field, String problem) {
    String name = field.substring(1, field.indexOf("':"));
    String good = "'Resource':'arn:aws:states:::lambda:invoke','Parameters':{'FunctionName':'f'}";
    String kept =
        good.replaceFirst("'" + name + "':('[^']*'|\\{[^}]*\\}),?", "").replaceFirst(",$", "");
    String state = "{'Type':'Task','End':true," + kept + "," + field + "}";
    assertThatThrownBy(() -> Definition.parse(StepFunctionsBench.only(state.replace('\'', '"'))))
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'StartAt':'A'}                                                                   | /States must hold at least one state
          {'States':{'A':{'Type':'Succeed'}}}                                               | /StartAt must be a string
          {'StartAt':'B','States':{'A':{'Type':'Succeed'}}}                                 | /StartAt names no state: B
          {'StartAt':'A','States':{'A':{'Type':'Succeed'},'B':{'Type':'Succeed'}}}          | /States/B is never reached
          {'StartAt':'A','Sates':{},'States':{'A':{'Type':'Succeed'}}}                      | /Sates is not supported here
          {'StartAt':'A','TimeoutSeconds':0,'States':{'A':{'Type':'Succeed'}}}              | /TimeoutSeconds must be a whole number from 1
          {'StartAt':'A','QueryLanguage':'JSONata','States':{'A':{'Type':'Succeed'}}}       | /QueryLanguage must be one of [JSONPath]
          {'StartAt':'A','States':{'A':{'Type':'Succeed'},'A':{'Type':'Fail'}}}             | Duplicate field 'A'
          {'StartAt'                                                                        | not JSON
          """)
  void aBadMachineIsRefused(String text, String problem) {
    assertThatThrownBy(() -> Definition.parse(text.replace('\'', '"')))
        .hasMessageContaining(problem);
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                Definition.parse("{\"StartAt\":\"A\",\"x\":1,\"States\":{\"A\":{\"Type\":\"Y\"}}}"))
        .isInstanceOfSatisfying(InvalidDefinition.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @Test
  void theReleaseItselfIsGood() throws Exception {
    String text =
        Files.readString(Path.of("statemachine/release.asl.json")).replace("${Partition}", "aws");
    assertThat(Definition.parse(text).startAt()).isNotEmpty();
  }
}
