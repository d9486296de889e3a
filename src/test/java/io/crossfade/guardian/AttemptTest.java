package io.crossfade.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptTest {
  @ParameterizedTest
  @CsvSource({"1, run-1-restore-1", "3, run-1-restore-3"})
  void isNamedAfterWhatItRestores(int number, String name) {
    assertThat(new Attempt("run-1", number).name()).isEqualTo(name);
  }

  @Test
  void longIdsAreToldApartInEightyCharacters() {
    String seventy = "x".repeat(70);
    assertThat(new Attempt(seventy, 1).name()).isEqualTo(seventy + "-restore-1");
    String first = new Attempt(seventy + "-0123456a", 1).name();
    assertThat(first).startsWith("xxx").endsWith("-restore-1").hasSizeLessThanOrEqualTo(80);
    assertThat(first).isEqualTo(new Attempt(seventy + "-0123456a", 1).name());
    assertThat(first).isNotEqualTo(new Attempt(seventy + "-0123456b", 1).name());
  }

  @Test
  void isCountedFromOne() {
    assertThatThrownBy(() -> new Attempt("run-1", 0))
        .hasMessage("attempts are counted from 1, found 0");
  }
}
