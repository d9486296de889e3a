package io.crossfade.localaws.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceRuleTest {
  private static final JsonNode DATA =
      StepFunctionsBench.json(
          "{'s':'b','n':2,'d':2.0,'t':true,'none':null,'at':'2026-01-01T00:00:00Z',"
              + "'z':'2026-01-01T01:00:00+01:00','same':'b','list':[1],'star':'a*c'}");

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $.s    | StringEquals                 | 'b'                    | true
          $.s    | StringEquals                 | 'B'                    | false
          $.n    | StringEquals                 | '2'                    | false
          $.s    | StringLessThan               | 'c'                    | true
          $.s    | StringLessThan               | 'b'                    | false
          $.s    | StringLessThanEquals         | 'b'                    | true
          $.s    | StringGreaterThan            | 'a'                    | true
          $.s    | StringGreaterThanEquals      | 'c'                    | false
          $.s    | StringEqualsPath             | '$.same'               | true
          $.star | StringMatches                | 'a*'                   | true
          $.star | StringMatches                | 'a\\\\*c'              | true
          $.s    | StringMatches                | 'a*'                   | false
          $.n    | NumericEquals                | 2                      | true
          $.d    | NumericEquals                | 2                      | true
          $.n    | NumericEqualsPath            | '$.d'                  | true
          $.n    | NumericLessThan              | 2.5                    | true
          $.n    | NumericLessThanEquals        | 1                      | false
          $.n    | NumericGreaterThan           | 1                      | true
          $.s    | NumericGreaterThan           | 1                      | false
          $.n    | NumericGreaterThanEquals     | 2                      | true
          $.t    | BooleanEquals                | true                   | true
          $.t    | BooleanEquals                | false                  | false
          $.s    | BooleanEquals                | true                   | false
          $.at   | TimestampEquals              | '2026-01-01T00:00:00Z' | true
          $.z    | TimestampEqualsPath          | '$.at'                 | true
          $.at   | TimestampLessThan            | '2025-12-31T23:59:59Z' | false
          $.at   | TimestampGreaterThanEquals   | '2025-12-31T23:59:59Z' | true
          $.s    | TimestampEquals              | '2026-01-01T00:00:00Z' | false
          $.no   | IsPresent                    | false                  | true
          $.none | IsPresent                    | true                   | true
          $.none | IsNull                       | true                   | true
          $.s    | IsNull                       | false                  | true
          $.s    | IsString                     | true                   | true
          $.n    | IsNumeric                    | true                   | true
          $.t    | IsBoolean                    | false                  | false
          $.at   | IsTimestamp                  | true                   | true
          $.s    | IsTimestamp                  | true                   | false
          $$.x   | StringEquals                 | 'context'              | true
          """)
  void operatorsCompare(String variable, String operator, String value, boolean holds)
      throws StateFailure {
    String rule = "{'Variable':'%s','%s':%s}".formatted(variable, operator, value);
    assertThat(holds(rule)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'Not':{'Variable':'$.n','NumericEquals':3}}                                                      | true
          {'And':[{'Variable':'$.n','NumericEquals':2},{'Variable':'$.t','BooleanEquals':true}]}            | true
          {'And':[{'Variable':'$.n','NumericEquals':2},{'Variable':'$.t','BooleanEquals':false}]}           | false
          {'And':[{'Variable':'$.no','IsPresent':true},{'Variable':'$.no','StringEquals':'x'}]}             | false
          {'Or':[{'Variable':'$.n','NumericEquals':3},{'Variable':'$.t','BooleanEquals':true}]}             | true
          {'Or':[{'Variable':'$.n','NumericEquals':3},{'Not':{'Variable':'$.t','BooleanEquals':true}}]}     | false
          """)
  void rulesCombine(String rule, boolean holds) throws StateFailure {
    assertThat(holds(rule)).isEqualTo(holds);
  }

  @Test
  void aPathThatLeadsNowhereFailsTheExecution() {
    assertThatThrownBy(() -> holds("{'Variable':'$.no','StringEquals':'x'}"))
        .isInstanceOf(StateFailure.class)
        .hasMessageContaining("Invalid path '$.no'")
        .extracting("error")
        .isEqualTo("States.Runtime");
  }

  private static boolean holds(String rule) throws StateFailure {
    return ChoiceRule.holds(
        StepFunctionsBench.json(rule), DATA, StepFunctionsBench.json("{'x':'context'}"));
  }
}
