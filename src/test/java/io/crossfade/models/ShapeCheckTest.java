package io.crossfade.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ServiceModel MODEL =
      model(
          """
          {"shapes": {
            "Input": {"type": "structure", "required": ["name"], "members": {
              "name": {"shape": "Name"},
              "weight": {"shape": "Weight"},
              "ratio": {"shape": "Ratio"},
              "state": {"shape": "State"},
              "code": {"shape": "Code"},
              "on": {"shape": "Flag"},
              "at": {"shape": "Time"},
              "token": {"shape": "Token"},
              "targets": {"shape": "Targets"},
              "labels": {"shape": "Labels"},
              "choice": {"shape": "Choice"}}},
            "Name": {"type": "string", "min": 1, "max": 4},
            "Weight": {"type": "integer", "min": 0, "max": 999},
            "Ratio": {"type": "double", "max": 1},
            "State": {"type": "string", "enum": ["OK", "ALARM"]},
            "Code": {"type": "string", "pattern": "[245]\\\\d\\\\d"},
            "Flag": {"type": "boolean"},
            "Time": {"type": "timestamp"},
            "Token": {"type": "blob", "max": 2},
            "Targets": {"type": "list", "member": {"shape": "Target"}, "min": 1, "max": 2},
            "Target": {"type": "structure", "required": ["id"], "members": {
              "id": {"shape": "Name"}, "port": {"shape": "Weight"}}},
            "Labels": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "State"}, "max": 1},
            "Choice": {"type": "structure", "union": true, "members": {
              "one": {"shape": "Flag"}, "other": {"shape": "Flag"}}}}}
          """);

  private static ServiceModel model(String json) {
    return new ServiceModel(tree(json));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String findings(String members) {
    JsonNode value = tree("{" + members.replace('\'', '"') + "}");
    return String.join("; ", ShapeCheck.of(MODEL, MODEL.shape("Input"), value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'weight': 1                                  | name is required and missing
          'name': null                                 | name is required and missing; name is null
          'name': 'a', 'nmae': 'b'                     | nmae is unknown to the model
          'name': 7                                    | name must be a string, is 7
          'name': ''                                   | name must be at least 1 characters, is 0
          'name': 'abcde'                              | name must be at most 4 characters, is 5
          'name': 'a', 'weight': 1000                  | weight must be at most 999, is 1000
          'name': 'a', 'weight': -1                    | weight must be at least 0, is -1
          'name': 'a', 'weight': '5'                   | weight must be a whole number, is "5"
          'name': 'a', 'weight': 0.5                   | weight must be a whole number, is 0.5
          'name': 'a', 'ratio': 1.5                    | ratio must be at most 1, is 1.5
          'name': 'a', 'ratio': 'much'                 | ratio must be a number, is "much"
          'name': 'a', 'state': 'FINE'                 | state is none of the model's values: "FINE"
          'name': 'a', 'code': '3000'                  | code must match [245]\\d\\d, is "3000"
          'name': 'a', 'on': 'true'                    | on must be true or false, is "true"
          'name': 'a', 'at': '2026'                    | at must be a timestamp, is "2026"
          'name': 'a', 'token': 'AAAAAA=='             | token must be at most 2 bytes, is 4
          'name': 'a', 'token': '&'                    | token must be base64, is "&"
          'name': 'a', 'targets': {}                   | targets must be a list, is {}
          'name': 'a', 'targets': []                   | targets must be at least 1 elements, is 0
          'name': 'a', 'targets': [{'port': 1}]        | targets[].id is required and missing
          'name': 'a', 'targets': [{'id': 'a', 'x': 1}]| targets[].x is unknown to the model
          'name': 'a', 'targets': [null]               | targets[] is null
          'name': 'a', 'targets': ['b']                | targets[] must be a structure, is "b"
          'name': 'a', 'labels': []                    | labels must be a map, is []
          'name': 'a', 'labels': {'abcde': 'OK'}       | labels{key} must be at most 4 characters, is 5
          'name': 'a', 'labels': {'a': 'FINE'}         | labels{} is none of the model's values: "FINE"
          'name': 'a', 'labels': {'a': 'OK', 'b': 'OK'}| labels must be at most 1 entries, is 2
          'name': 'a', 'choice': {}                    | choice must have exactly one member, has 0
          'name': 'a', 'choice': {'one': true, 'other': true} | choice must have exactly one member, has 2
          """)
  void whatDoesNotFitIsFound(String members, String finding) {
    assertThat(findings(members)).isEqualTo(finding);
  }

  @Test
  void whatFitsIsNotFound() {
    assertThat(
            findings(
                "'name': 'abcd', 'weight': 999, 'ratio': -0.5, 'state': 'ALARM', 'code': '200',"
                    + " 'on': false, 'at': 1.5, 'token': 'AAA=', 'targets': [{'id': 'a'}],"
                    + " 'labels': {'a': 'OK'}, 'choice': {'one': true}"))
        .isEmpty();
  }

  /** A length is one of characters as people count them. */
  @Test
  void anEmojiIsOneCharacter() {
    assertThat(findings("'name': '😀😀😀😀'")).isEmpty();
  }

  @Test
  void aNumberMayBeNone() {
    assertThat(findings("'name': 'a', 'ratio': 'NaN'")).isEmpty();
  }
}
