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
          States.Format('{} of {}: {}', $.n, 9, true)              | "7 of 9: true"
          States.Format('it\\'s \\{\\} {}', $.s)                   | "it's {} x"
          States.Format('{}', $$.Execution.Name)                   | "run-1"
          States.Format('{}', States.JsonToString($.a))            | "{\\"b\\":[1,2,3]}"
          States.Array(1, 'two', null, $.a.b[0], States.Array())   | [1,"two",null,1,[]]
          States.MathAdd($.n, -9)                                  | -2
          States.JsonMerge($.a, $, false)                          | {"b":[1,2,3],"a":{"b":[1,2,3]},"n":7,"s":"x"}
          States.StringToJson('[1, true]')                         | [1,true]
          States.JsonToString($['a']['b'])                         | "[1,2,3]"
          """)
  void intrinsicFunctionsCompute(String call, String result) throws Exception {
    JsonNode data = json("{'a':{'b':[1,2,3]},'n':7,'s':'x'}");
    JsonNode got = PayloadTemplate.evaluate(call, data, CONTEXT);
    assertThat(got.toString()).isEqualTo(StateJson.parse(result).toString());
  }

  @Test
  void everyUuidIsAnother() throws StateFailure {
    JsonNode one = PayloadTemplate.evaluate("States.UUID()", DATA, CONTEXT);
    assertThat(one.textValue()).hasSize(36);
    assertThat(PayloadTemplate.evaluate("States.UUID()", DATA, CONTEXT)).isNotEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          States.Format('{} {}', 1)           | more places than values
          States.Format('{}', $.a)            | must be a string, number, boolean or null
          States.StringToJson('{')            | not JSON
          States.MathAdd('1', 2)              | must be numbers
          States.JsonMerge($.a, $.a, true)    | only the shallow mode
          """)
  void intrinsicFunctionsFailByName(String call, String cause) {
    assertThatThrownBy(() -> PayloadTemplate.evaluate(call, DATA, CONTEXT))
        .hasMessageContaining(cause)
        .extracting("error")
        .isEqualTo("States.IntrinsicFailure");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'States.Hash($.a, \\'MD5\\')'  | intrinsic function not emulated: States.Hash
          'States.UUID(1'                | ) expected
          'States.Array(x)'              | no argument: x
          '$.['                          | is not a path
          'plain'                        | intrinsic function not emulated: plain
          5                              | must be a path or an intrinsic function
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
