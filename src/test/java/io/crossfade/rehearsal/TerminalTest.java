package io.crossfade.rehearsal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          50 200,    , 200
          50 200, 100, 200
                , 100, 100
          0 0   , 100, 100
          0 0   ,    , 80
                ,    , 80
          rows  , many, 80
          """)
  void widthIsTheTerminalsOwnThenTheShellsThenTheOrdinary(String size, String columns, int width) {
    Map<String, String> environment = columns == null ? Map.of() : Map.of("COLUMNS", columns);
    assertThat(Terminal.of(true, environment, UTF_8, Optional.ofNullable(size)).width())
        .isEqualTo(width);
  }

  @Test
  void buildServerAndDumbTerminalGetPlainLines() {
    assertThat(Terminal.of(true, Map.of("CI", "true"), UTF_8, Optional.empty()))
        .isEqualTo(new Terminal(false, false, true, 80));
    assertThat(Terminal.of(true, Map.of("TERM", "dumb"), US_ASCII, Optional.empty()))
        .isEqualTo(new Terminal(false, false, false, 80));
  }

  @Test
  void noColourIsRespected() {
    assertThat(Terminal.of(true, Map.of("NO_COLOR", ""), UTF_8, Optional.empty()))
        .isEqualTo(new Terminal(true, false, true, 80));
  }
}
