package io.crossfade.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreAttemptTest {
  @ParameterizedTest
  @CsvSource({"1, run-1-restore-1", "3, run-1-restore-3"})
  void isNamedAfterWhatItRestores(int number, String name) {
    assertThat(new RestoreAttempt("run-1", number).name()).isEqualTo(name);
  }

  @Test
  void longIdsAreToldApartInEightyCharacters() {
    String seventy = "x".repeat(70);
    assertThat(new RestoreAttempt(seventy, 1).name()).isEqualTo(seventy + "-restore-1");
    String first = new RestoreAttempt(seventy + "-0123456a", 1).name();
    assertThat(first).startsWith("xxx").endsWith("-restore-1").hasSizeLessThanOrEqualTo(80);
    assertThat(first).isEqualTo(new RestoreAttempt(seventy + "-0123456a", 1).name());
    assertThat(first).isNotEqualTo(new RestoreAttempt(seventy + "-0123456b", 1).name());
  }

  @Test
  void isCountedFromOne() {
    assertThatThrownBy(() -> new RestoreAttempt("run-1", 0))
        .hasMessage("attempts are counted from 1, found 0");
  }
}
