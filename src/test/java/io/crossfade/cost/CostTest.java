package io.crossfade.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The document says what the arithmetic says. */
class CostTest {
  private final Cost cost = new Cost(Rehearsed.committed());

  @Test
  void documentHasExactlyTheTablesThatTheCommandPrints() throws IOException {
    assertThat(cost.tables()).isNotEmpty();
    assertThat(tables(Files.readString(Path.of("docs/cost.md")))).isEqualTo(cost.tables());
  }

  private static List<String> tables(String markdown) {
    return Arrays.stream(markdown.split("\n\n"))
        .map(String::strip)
        .filter(block -> block.startsWith("|"))
        .toList();
  }

  @Test
  void everyPriceSaysWhereItIsFrom() {
    assertThat(Price.list().values())
        .isNotEmpty()
        .allSatisfy(
            price -> {
              assertThat(price.source()).isNotBlank();
              assertThat(price.region()).isNotBlank();
              assertThat(price.unit()).isNotBlank();
            });
  }

  @Test
  void priceOfAnotherRegionIsMarked() {
    assertThat(Price.list().values())
        .filteredOn(price -> !List.of("eu-central-1", "all").contains(price.region()))
        .isNotEmpty()
        .allSatisfy(price -> assertThat(price.check()).isTrue());
  }

  @Test
  void sumOfMillisecondsIsTakenWhereTheReportHasIt() throws IOException {
    String report =
        """
        {"functions": [
          {"function": "plan", "invocations": 1, "p50": 800, "max": 800, "totalMillis": 810},
          {"function": "check-alarms", "invocations": 31, "p50": 20, "max": 400},
          {"function": "rollback", "invocations": 0, "p50": 0, "max": 0}]}
        """;
    Rehearsed rehearsed = new Rehearsed("made up", new ObjectMapper().readTree(report));
    assertThat(rehearsed.millis()).isEqualTo(810 + 400 + 30 * 20);
    assertThat(rehearsed.invocations()).isEqualTo(32);
    assertThat(rehearsed.transitions()).isZero();
  }
}
