package io.crossfade.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document says what the arithmetic says. */
class CostTest {
  private final Cost cost = new Cost(Rehearsed.committed());

  @Test
  void documentHasExactlyTheTablesThatTheCommandPrints() throws IOException {
    assertThat(cost.tables()).isNotEmpty();
    assertThat(tables(Files.readString(Path.of("docs/cost.md")))).isEqualTo(cost.tables());
  }

  @Test
  void fiveDaysOfWaitingAreFiveTimesTwentyFourHours() {
    assertThat(cost.waitingHour()).isCloseTo(0.23356, within(0.00001));
    assertThat(cost.tables())
        .anyMatch(table -> table.contains("| five days, the longest | 28.03 |"));
  }

  @Test
  void productionHasItsDatabaseInTheSum() {
    assertThat(cost.tables().get(0)).doesNotContain("to be checked", "without");
  }

  /**
   * A longer bake is polled each 20 seconds, and each 30 after three minutes, in each of four
   * steps: three transitions, one invocation, a call for the alarms, the targets and a command.
   */
  @ParameterizedTest
  @CsvSource({
    "120, 208, 75, 62, 69, 42, 5",
    "240, 148, 55, 42, 49, 22, 5",
    "285, 124, 47, 34, 41, 14, 5",
    "300, 124, 47, 34, 41, 14, 5"
  })
  void pollsOfALongerBakeAreAdded(
      long bake,
      long transitions,
      long invocations,
      long alarms,
      long targets,
      long reads,
      long writes)
      throws IOException {
    String report =
        """
        {"bakeSeconds": %d, "stateTransitions": 124, "seconds": 60, "speed": 10,
         "functions": [{"function": "check-alarms", "invocations": 47, "p50": 20, "max": 400}],
         "awsCalls": {"monitoring:DescribeAlarms": 34, "elasticloadbalancing:DescribeTargetHealth": 41,
                      "s3:GetObject": 14, "s3:PutObject": 5}}
        """
            .formatted(bake);
    Rehearsed rehearsed = new Rehearsed("made up", new ObjectMapper().readTree(report));
    assertThat(rehearsed.transitions()).isEqualTo(transitions);
    assertThat(rehearsed.invocations()).isEqualTo(invocations);
    assertThat(rehearsed.calls("monitoring:DescribeAlarms")).isEqualTo(alarms);
    assertThat(rehearsed.calls("elasticloadbalancing:DescribeTargetHealth")).isEqualTo(targets);
    assertThat(rehearsed.calls("s3:GetObject")).isEqualTo(reads);
    assertThat(rehearsed.calls("s3:PutObject")).isEqualTo(writes);
    assertThat(rehearsed.minutes()).isEqualTo(10 + 4 * (300 - bake) / 60.0);
  }

  @Test
  void walkthroughRoundsTheDemosSum() throws IOException {
    Matcher together =
        Pattern.compile("\\*\\*together\\*\\* \\| \\| \\| \\*\\*([0-9.]+)")
            .matcher(cost.tables().get(0));
    assertThat(together.find()).isTrue();
    long tens = Math.round(Double.parseDouble(together.group(1)) / 10) * 10;
    assertThat(Files.readString(Path.of("docs/walkthrough.md")))
        .contains("about %d USD a month".formatted(tens));
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
