package io.crossfade.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.Sample;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreInvocationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"restore": "run-1"}                | true
          {"restore": "run-1", "why": null}   | true
          {"restore": null}                   | false
          {"restore": ""}                     | false
          {"restore": " "}                    | false
          {"restore": 7}                      | false
          {"restore": ["run-1"]}              | false
          {"restore": "../run-1"}             | false
          {}                                  | false
          """)
  void anIdIsANameOfAnExecution(String input, boolean wellFormed) throws JsonProcessingException {
    @SuppressWarnings("unchecked")
    Map<String, Object> document = new ObjectMapper().readValue(input, Map.class);
    assertThat(new RestoreInvocation(document, "arn:run-2", Sample.START).wellFormed())
        .isEqualTo(wellFormed);
  }
}
