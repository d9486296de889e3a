package io.crossfade.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOriginTest {
  private final LocalOrigin page = new LocalOrigin(8080);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          localhost:8080,            true
          127.0.0.1:8080,            true
          localhost:8081,            false
          localhost,                 false
          evil.example:8080,         false
          localhost.evil.example:8080, false
          127.0.0.1.evil.example:8080, false
          '',                        false
          ,                          false
          """)
  void aNameOfAnotherSiteIsNotThisMachine(String host, boolean own) {
    assertThat(page.isOwnHost(host)).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          localhost:8080,    http://localhost:8080,  application/json,                 true
          127.0.0.1:8080,    http://127.0.0.1:8080,  application/json; charset=utf-8,  true
          localhost:8080,    ,                       application/json,                 false
          localhost:8080,    null,                   application/json,                 false
          localhost:8080,    http://evil.example,    application/json,                 false
          localhost:8080,    https://localhost:8080, application/json,                 false
          localhost:8080,    http://localhost:3000,  application/json,                 false
          localhost:8080,    http://127.0.0.1:8080,  application/json,                 false
          evil.example:8080, http://evil.example:8080, application/json,               false
          localhost:8080,    http://localhost:8080,  text/plain,                       false
          localhost:8080,    http://localhost:8080,  application/x-www-form-urlencoded, false
          localhost:8080,    http://localhost:8080,  ,                                 false
          """)
  void onlyThePageItselfActs(String host, String origin, String contentType, boolean may) {
    assertThat(page.mayAct(host, origin, contentType)).isEqualTo(may);
  }
}
