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
          {"detail": {"name": [{"suffix": ".json"}]}}                           | true
          {"detail": {"name": [{"suffix": ".zip"}, {"suffix": "1.json"}]}}      | true
          {"detail": {"name": [{"suffix": ".JSON"}]}}                           | false
          {"detail": {"stopDate": [{"suffix": "0"}]}}                           | false
          {"detail": {"missing": [{"suffix": ""}]}}                             | false
          {"detail": {"redriven": [false]}}                                     | true
          {"detail": {"parts": {"k": ["b"], "v": [2]}}}                         | true
          {"detail": {"parts": {"k": ["a"], "v": [2]}}}                         | false
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
          {"detail": {"a": [{"cidr": "10.0.0.0/8"}]}} | .detail.a: operator not emulated: {"cidr":"10.0.0.0/8"}
          {"detail": {"a": [{"suffix": 1}]}}     | .detail.a: operator not emulated: {"suffix":1}
          {"detail": {"a": [{"prefix": "x"}]}}   | .detail.a: operator not emulated: {"prefix":"x"}
          {"$or": [{"a": ["b"]}, {"a": ["c"]}]}  | .$or: operator not emulated
          """)
  void whatEventBridgeWouldNotTakeIsRefused(String pattern, String why) throws Exception {
    JsonNode parsed = JSON.readTree(pattern);
    assertThatThrownBy(() -> EventPattern.parse(parsed))
        .isInstanceOf(InvalidEventPattern.class)
        .hasMessageContaining(why);
  }
}
