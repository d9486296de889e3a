package io.crossfade.localaws.states;

import static io.crossfade.localaws.states.StepFunctionsBench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTemplateTest {
  private static final JsonNode DATA = json("{'a':{'b':[1,2,3]},'n':7,'s':'x'}");
  private static final JsonNode CONTEXT = json("{'Execution':{'Name':'run-1'}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'v.$':'$'}                     | {'v':{'a':{'b':[1,2,3]},'n':7,'s':'x','text':'t'}}
          {'v.$':'$.a.b[1]'}              | {'v':2}
          {'v.$':'$.a.b[1:]'}             | {'v':[2,3]}
          {'v.$':'$.a.*'}                 | {'v':[[1,2,3]]}
          {'v.$':'$$.Execution.Name'}     | {'v':'run-1'}
          {'v':{'w.$':'$.n','c':[1,null]}}| {'v':{'w':7,'c':[1,null]}}
          {'v':[{'w.$':'$.n'}]}           | {'v':[{'w':7}]}
          {'v':'$.n'}                     | {'v':'$.n'}
          {'v.$':'States.JsonToString($.a)'}                | {'v':'{\\"b\\":[1,2,3]}'}
          {'v.$':'States.JsonToString( $$.Execution.Name )'}| {'v':'\\"run-1\\"'}
          """)
  void fieldsAreFilledIn(String template, String filled) throws StateFailure {
    JsonNode data = json("{'a':{'b':[1,2,3]},'n':7,'s':'x','text':'t'}");
    assertThat(PayloadTemplate.fill(json(template), data, CONTEXT)).isEqualTo(json(filled));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'States.Hash($.a, \\'MD5\\')'  | intrinsic function not emulated: States.Hash
          '$.['                          | is not a path
          'plain'                        | intrinsic function not emulated: plain
          'States.JsonToString($.[)'     | is not a path
          'States.JsonToString(1)'       | intrinsic function not emulated: States.JsonToString(1)
          5                              | must be a path, found 5
          """)
  void whatCouldNeverBeFilledInIsToldOf(String expression, String problem) {
    List<String> problems = new ArrayList<>();
    JsonNode template =
        StateJson.object()
            .set(
                "v.$",
                expression.startsWith("'")
                    ? TextNode.valueOf(
                        expression.substring(1, expression.length() - 1).replace("\\'", "'"))
                    : json(expression));
    PayloadTemplate.check(template, "Parameters", (at, what) -> problems.add(at + " " + what));
    assertThat(problems).singleElement().asString().startsWith("Parameters.v.$").contains(problem);
  }

  @Test
  void aPathThatLeadsNowhereIsARuntimeError() {
    assertThatThrownBy(() -> PayloadTemplate.fill(json("{'v.$':'$.gone'}"), DATA, CONTEXT))
        .hasMessageContaining("'$.gone' could not be found")
        .extracting("error")
        .isEqualTo("States.Runtime");
  }
}
