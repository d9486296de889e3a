package io.crossfade.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.CommandState;
import io.crossfade.release.Deployment;
import io.crossfade.release.Phase;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import io.crossfade.report.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReleaseMetricsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode line(Outcome outcome, Deployment deployment) {
    List<String> lines = new ArrayList<>();
    new MetricsLog(JSON, "crossfade", lines::add)
        .ended(outcome, deployment, Sample.START.plusSeconds(754));
    assertThat(lines).singleElement().asString().doesNotContain("\n");
    return read(lines.get(0));
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
      throw new AssertionError(line, broken);
    }
  }

  private static Deployment restored() {
    return Sample.at(1)
        .with(
            new Restoration(
                "an alarm", Sample.START.plusSeconds(100), Sample.START.plusSeconds(103)));
  }

  @Test
  void aReleaseIsOneLine() {
    JsonNode line = line(Outcome.RELEASED, Sample.at(3));
    assertThat(line)
        .isEqualTo(
            read(
                """
                {"_aws": {"Timestamp": 1769861554000, "CloudWatchMetrics": [
                   {"Namespace": "Crossfade",
                    "Dimensions": [["Stack", "Outcome"], ["Stack", "Service", "Outcome"]],
                    "Metrics": [{"Name": "Releases", "Unit": "Count"},
                                {"Name": "Duration", "Unit": "Seconds"}]}]},
                 "Stack": "crossfade", "Outcome": "Released", "Service": "backend",
                 "Releases": 1, "Duration": 754, "deployment": "run-1"}\
                """));
  }

  @Test
  void aRollbackTellsWhyAndHowSoonTheTrafficWasBack() {
    JsonNode line = line(Outcome.ROLLED_BACK, restored());
    assertThat(line.get("Cause").asText()).isEqualTo("Watch");
    assertThat(line.get("TrafficReturn").asLong()).isEqualTo(3);
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions/2").toString())
        .isEqualTo("[\"Stack\",\"Cause\"]");
  }

  @Test
  void theRequestsOfTheNewVersionAreALineOfTheirOwn() {
    List<String> lines = new ArrayList<>();
    new MetricsLog(JSON, "crossfade", lines::add)
        .shifted(Outcome.ROLLED_BACK, restored(), new Samples.Count(120, 3), Sample.START);
    JsonNode line = read(lines.get(0));
    assertThat(line.get("RequestsShifted").asLong()).isEqualTo(120);
    assertThat(line.get("RequestsFailed").asLong()).isEqualTo(3);
    assertThat(line.has("Releases")).isFalse();
    JsonNode ended = line(Outcome.ROLLED_BACK, restored());
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions"))
        .isEqualTo(ended.at("/_aws/CloudWatchMetrics/0/Dimensions"));
  }

  @Test
  void aRefusalOfWhatCouldNotBeReadIsCountedToo() {
    JsonNode line =
        line(Outcome.REFUSED, Deployment.refused("run-1", Sample.EXECUTION, "no JSON object"));
    assertThat(line.get("Service").asText()).isEqualTo("unknown");
    assertThat(line.has("Duration")).isFalse();
  }

  /**
   * The schema in the CloudWatch User Guide, Specification: Embedded metric format: what it
   * requires, its lengths, and that every dimension is a text and every metric a number at the
   * root.
   */
  @ParameterizedTest
  @EnumSource(Outcome.class)
  void everyLineKeepsToTheSchema(Outcome outcome) {
    JsonNode line = line(outcome, restored());
    assertThat(line.at("/_aws/Timestamp").isIntegralNumber()).isTrue();
    JsonNode directives = line.at("/_aws/CloudWatchMetrics");
    assertThat(directives).hasSize(1);
    JsonNode directive = directives.get(0);
    assertThat(directive.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("Namespace", "Dimensions", "Metrics");
    assertThat(directive.get("Namespace").asText()).hasSizeBetween(1, 1024);
    directive
        .get("Dimensions")
        .forEach(
            set -> {
              assertThat(set.size()).isBetween(1, 30);
              set.forEach(
                  name -> {
                    assertThat(name.asText()).hasSizeBetween(1, 250);
                    assertThat(line.get(name.asText()).isTextual()).isTrue();
                    assertThat(line.get(name.asText()).asText()).hasSizeBetween(1, 1024);
                  });
            });
    assertThat(directive.get("Metrics").size()).isBetween(1, 100);
    directive
        .get("Metrics")
        .forEach(
            metric -> {
              assertThat(metric.get("Name").asText()).hasSizeBetween(1, 1024);
              assertThat(metric.get("Unit").asText()).isIn("Count", "Seconds");
              assertThat(line.get(metric.get("Name").asText()).isNumber()).isTrue();
            });
    assertThat(directive.toString()).doesNotContain("deployment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          phase             | error            | execution | command | cause
          PLANNED           |                  | run-1     | false   | Start
          SCALED_OUT        |                  | run-1     | false   | Health
          SHIFTED           |                  | run-1     | false   | Watch
          BAKING            |                  | run-1     | false   | Watch
          BAKING            | States.Timeout   | run-1     | false   | Error
          SCALED_OUT        | x.TransientError | run-1     | false   | Error
          AWAITING_APPROVAL | ApprovalRejected | run-1     | false   | Rejected
          AWAITING_APPROVAL | States.Timeout   | run-1     | false   | Unanswered
          AWAITING_APPROVAL | x.PermanentError | run-1     | false   | Error
          DRAINING          |                  | run-1     | false   | Drain
          SCALED_OUT        |                  | run-1     | true    | Command
          BAKING            |                  | run-1     | true    | Command
          DRAINING          |                  | run-1     | true    | Command
          BAKING            |                  | restore-1 | true    | Interrupted
          BAKING            |                  | restore-1 | false   | Interrupted
          """)
  void aCauseIsReadFromFieldsAlone(
      Phase phase, String error, String execution, boolean command, String cause) {
    Deployment deployment = restored();
    Deployment ended =
        new Deployment(
            deployment.id(),
            execution,
            deployment.release(),
            deployment.target(),
            deployment.snapshot(),
            deployment.taskDefinition(),
            deployment.progress().in(phase),
            deployment.verdict(),
            null,
            deployment.restoration(),
            command ? CommandState.NONE.turnedBack() : CommandState.NONE,
            error == null ? null : Map.of("Error", error),
            null,
            null);
    assertThat(TurnBackCause.of(ended).map(TurnBackCause::label)).hasValue(cause);
    assertThat(TurnBackCause.of(Sample.at(0))).isEmpty();
  }
}
