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
          $.no   | IsPresent                    | false                  | true
          $.none | IsPresent                    | true                   | true
          $.none | IsNull                       | true                   | true
          $.s    | IsNull                       | false                  | true
          $$.x   | StringEquals                 | 'context'              | true
          """)
  void operatorsCompare(String variable, String operator, String value, boolean holds)
      throws StateFailure {
    String rule = "{'Variable':'%s','%s':%s}".formatted(variable, operator, value);
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
