package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {
  private static final BenchReport REPORT =
      new BenchReport(
          "2026-11-28T12:00:00Z",
          new Machine("A processor", 2, 24_576, "Linux 6 amd64", 0.25),
          Map.of("java", "17.0.15", "boto3", "1.43.11"),
          List.of("no Node.js: its functions are left out"),
          List.of(measured("native", 80.0, 90.0, 100.0), measured("python", 450.0, 500.0, 700.0)));

  @TempDir Path folder;

  private static Measurement measured(String variant, Double... values) {
    return new Measurement(
        "cold-start", "check-alarms", variant, "first answer, ms", Samples.of(values));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    REPORT.write(folder.resolve("bench.json"));
    assertThat(BenchReport.read(folder.resolve("bench.json"))).isEqualTo(REPORT);
  }

  @Test
  void everySampleIsThereWithMedianAndRatios() throws IOException {
    JsonNode json = new ObjectMapper().readTree(REPORT.json());
    assertThat(json.at("/measurements/1/samples")).hasToString("[450.0,500.0,700.0]");
    assertThat(json.at("/measurements/1/median").asDouble()).isEqualTo(500);
    assertThat(json.at("/measurements/1/p99").asDouble()).isEqualTo(700);
    assertThat(json.at("/ratios"))
        .hasToString(
            "[{\"part\":\"cold-start\",\"subject\":\"check-alarms\",\"variant\":\"native\","
                + "\"against\":\"python\",\"quantity\":\"first answer, ms\",\"ratio\":0.18}]");
  }

  @Test
  void tablesReplaceWhatStoodAtTheirPlaceAndNothingElse() {
    String document =
        """
        # Performance
        <!-- bench:machine -->
        <!-- /bench:machine -->
        Words.
        <!-- bench:cold-start -->
        old
        <!-- /bench:cold-start -->
        <!-- bench:scale -->
        what another run has measured
        <!-- /bench:scale -->
        """;
    assertThat(PerformanceDoc.renewed(document, REPORT))
        .isEqualTo(
            """
            # Performance
            <!-- bench:machine -->
            A processor, 2 cores, 24,576 MiB, Linux 6 amd64; load 0.25 when it began, 2026-11-28T12:00:00Z. boto3 1.43.11, java 17.0.15.
            <!-- /bench:machine -->
            Words.
            <!-- bench:cold-start -->
            |              | variant | first answer, ms |
            |--------------|---------|-----------------:|
            | check-alarms | native  |         90 / 100 |
            | check-alarms | python  |        500 / 700 |

            Ratios of the medians, first answer:

            |              | variant | × python | × node |
            |--------------|---------|---------:|-------:|
            | check-alarms | native  |     0.18 |      – |
            <!-- /bench:cold-start -->
            <!-- bench:scale -->
            what another run has measured
            <!-- /bench:scale -->
            """);
  }

  @Test
  void documentWithoutAPlaceIsRefused() {
    assertThatThrownBy(() -> PerformanceDoc.renewed("# Performance", REPORT))
        .hasMessage("no place for machine");
  }
}
