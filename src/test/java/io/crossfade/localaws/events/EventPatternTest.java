package io.crossfade.localaws.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPatternTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT =
      """
      {"source": "aws.states", "detail-type": "Status Change", "resources": ["arn:a", "arn:b"],
       "detail": {"status": "FAILED", "name": "Release-1.json", "stopDate": 300, "output": null,
                  "ratio": 0.5, "redriven": false, "tags": [],
                  "parts": [{"k": "a", "v": 1}, {"k": "b", "v": 2}]}}
      """;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"source": ["aws.states"]}                                            | true
          {"source": ["aws.ecs", "aws.states"]}                                 | true
          {"source": ["aws.state"]}                                             | false
          {"source": ["AWS.states"]}                                            | false
          {"source": ["aws.states"], "detail-type": ["Other"]}                  | false
          {"source": ["aws.states"], "detail": {"status": ["FAILED"]}}          | true
          {"detail": {"status": ["RUNNING", "ABORTED"]}}                        | false
          {"detail": {"missing": ["x"]}}                                        | false
          {"detail": {"missing": {"deeper": ["x"]}}}                            | false
          {"resources": ["arn:b"]}                                              | true
          {"resources": ["arn:c"]}                                              | false
          {"detail": {"stopDate": [300]}}                                       | true
          {"detail": {"stopDate": [300.0]}}                                     | false
          {"detail": {"stopDate": ["300"]}}                                     | false
          {"detail": {"output": [null]}}                                        | true
          {"detail": {"status": [null]}}                                        | false
          {"detail": {"redriven": [false]}}                                     | true
          {"detail": {"name": [{"prefix": "Release-"}]}}                        | true
          {"detail": {"name": [{"prefix": "release-"}]}}                        | false
          {"detail": {"name": [{"prefix": {"equals-ignore-case": "release-"}}]}} | true
          {"detail": {"stopDate": [{"prefix": "3"}]}}                           | false
          {"detail": {"name": [{"suffix": ".json"}]}}                           | true
          {"detail": {"name": [{"suffix": ".JSON"}]}}                           | false
          {"detail": {"name": [{"suffix": {"equals-ignore-case": ".JSON"}}]}}   | true
          {"detail": {"name": [{"suffix": "far longer than Release-1.json"}]}}  | false
          {"detail": {"name": [{"equals-ignore-case": "RELEASE-1.JSON"}]}}      | true
          {"detail": {"name": [{"wildcard": "Rel*.json"}]}}                     | true
          {"detail": {"name": [{"wildcard": "Rel*.xml"}]}}                      | false
          {"detail": {"name": [{"wildcard": "Release-1\\\\*"}]}}                | false
          {"detail": {"status": [{"anything-but": "RUNNING"}]}}                 | true
          {"detail": {"status": [{"anything-but": ["RUNNING", "FAILED"]}]}}     | false
          {"detail": {"stopDate": [{"anything-but": 300}]}}                     | false
          {"detail": {"missing": [{"anything-but": "x"}]}}                      | false
          {"detail": {"name": [{"anything-but": {"prefix": "Release"}}]}}       | false
          {"detail": {"name": [{"anything-but": {"prefix": "Other"}}]}}         | true
          {"detail": {"name": [{"anything-but": {"suffix": [".xml", ".json"]}}]}} | false
          {"detail": {"name": [{"anything-but": {"wildcard": "*.xml"}}]}}       | true
          {"detail": {"status": [{"exists": true}]}}                            | true
          {"detail": {"status": [{"exists": false}]}}                           | false
          {"detail": {"missing": [{"exists": false}]}}                          | true
          {"detail": {"output": [{"exists": true}]}}                            | true
          {"detail": {"tags": [{"exists": true}]}}                              | false
          {"detail": {"stopDate": [{"numeric": ["=", 300.0]}]}}                 | true
          {"detail": {"stopDate": [{"numeric": [">", 0, "<", 300]}]}}           | false
          {"detail": {"ratio": [{"numeric": [">=", 0.5, "<=", 1]}]}}            | true
          {"detail": {"status": [{"numeric": [">", 0]}]}}                       | false
          {"detail": {"status": ["RUNNING", {"prefix": "FAIL"}]}}               | true
          {"detail": {"parts": {"k": ["b"], "v": [2]}}}                         | true
          {"detail": {"parts": {"k": ["a"], "v": [2]}}}                         | false
          {"$or": [{"source": ["x"]}, {"detail": {"status": ["FAILED"]}}]}      | true
          {"$or": [{"source": ["x"]}, {"source": ["y"]}]}                       | false
          {"source": ["x"], "$or": [{"source": ["aws.states"]}, {"source": ["y"]}]} | false
          {"detail": {"$or": [{"status": ["OK"]}, {"stopDate": [{"numeric": [">", 9]}]}]}} | true
          """)
  void aPatternMatchesOrNot(String pattern, boolean matches) throws Exception {
    JsonNode event = JSON.readTree(EVENT);
    assertThat(EventPattern.parse(JSON.readTree(pattern)).matches(event)).isEqualTo(matches);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                     | a pattern must be an object
          {"source": "aws.states"}               | .source must list its values
          {"source": []}                         | .source must list its values
          {"source": [["x"]]}                    | a list in a list
          {"detail": {"a": [{"cidr": "10.0.0.0/8"}]}} | .detail.a: operator not emulated: cidr
          {"detail": {"a": [{"prefix": "x", "suffix": "y"}]}} | operator not emulated: {"prefix":"x","suffix":"y"}
          {"detail": {"a": [{"prefix": 1}]}}     | a string is needed
          {"detail": {"a": [{"anything-but": {"numeric": [1]}}]}} | operator not emulated: numeric
          {"detail": {"a": [{"anything-but": []}]}} | anything-but needs
          {"detail": {"a": [{"numeric": ["~", 1]}]}} | no numeric comparison: ~
          {"detail": {"a": [{"numeric": [">"]}]}} | numeric needs one comparison
          {"detail": {"a": [{"exists": "yes"}]}} | exists must be true or false
          {"detail": {"a": [{"wildcard": "a**b"}]}} | consecutive wildcards
          {"$or": [{"a": ["b"]}]}                | must list two patterns
          """)
  void whatEventBridgeWouldNotTakeIsRefused(String pattern, String why) throws Exception {
    JsonNode parsed = JSON.readTree(pattern);
    assertThatThrownBy(() -> EventPattern.parse(parsed))
        .isInstanceOf(InvalidEventPattern.class)
        .hasMessageContaining(why);
  }
}
