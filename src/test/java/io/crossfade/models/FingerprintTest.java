package io.crossfade.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"at":1764012345.678}                     | {"at":1764012346.7}
          {"at":"2026-11-24T10:00:00.123Z"}         | {"at":"2026-11-25T11:12:13Z"}
          {"id":"a1b2c3d4-0000-4000-8000-00000000"} | {"id":"ffffffff-1111-4111-8111-11111111"}
          Arn=arn%3Aaws%3Aecs%3A%3A1%3Aa%2F1        | Arn=arn%3Aaws%3Aecs%3A%3A1%3Aa%2F2
          """)
  void idsTimesAndTokensCountAsEqual(String one, String other) {
    assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"weight":25}                       | {"weight":50}
          {"weight":999}                      | {"weight":1000}
          {"state":"OK"}                      | {"state":"ALARM"}
          {"a":1}                             | {"b":1}
          {"a":[1]}                           | {"a":[1,1]}
          {"a":1}                             | {"a":"1"}
          Actions.member.1.Type=a             | Actions.member.2.Type=a
          Rules.member.1.Weight=1             | Rules.member.1.Weigth=1
          """)
  void wordsStructureAndSmallNumbersDoNot(String one, String other) {
    assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
  }

  private static long fingerprint(String text) {
    return new Fingerprint().add(text.getBytes(StandardCharsets.UTF_8)).value();
  }
}
