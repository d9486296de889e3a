package io.crossfade.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import io.crossfade.report.Samples;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The template's alarms and dashboard, and the document, name what is counted and what there is.
 */
class MetricNamesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ResolvedTemplate TEMPLATE = Stack.template("site");

  private static JsonNode line() {
    var restored = Sample.at(1).with(new Restoration("x", Sample.START, Sample.START));
    return JSON.valueToTree(
        ReleaseMetrics.ended("crossfade", Outcome.RESTORE_INCOMPLETE, restored, Sample.START));
  }

  private static List<String> metrics() {
    var shifted =
        ReleaseMetrics.shifted(
            "crossfade", Outcome.RELEASED, Sample.at(1), new Samples.Count(1, 0), Sample.START);
    return Stream.of(line(), JSON.<JsonNode>valueToTree(shifted))
        .flatMap(line -> texts(line.at("/_aws/CloudWatchMetrics/0/Metrics"), "Name").stream())
        .toList();
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> each.path(field).asText())
        .toList();
  }

  @Test
  void theAlarmOnRestoreIncompleteWatchesWhatIsCounted() {
    JsonNode alarm = TEMPLATE.resource("RestoreIncompleteAlarm").path("Properties");
    JsonNode line = line();
    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(alarm.path("Namespace")).isEqualTo(directive.path("Namespace"));
    assertThat(texts(directive.path("Metrics"), "Name"))
        .contains(alarm.path("MetricName").asText());
    List<String> dimensions = texts(alarm.path("Dimensions"), "Name");
    assertThat(directive.path("Dimensions")).contains(JSON.valueToTree(dimensions));
    alarm
        .path("Dimensions")
        .forEach(
            dimension ->
                assertThat(line.path(dimension.path("Name").asText()))
                    .isEqualTo(dimension.path("Value")));
  }

  @Test
  void theFunctionKnowsItsStack() {
    assertThat(TEMPLATE.functions())
        .filteredOn(function -> function.logicalId().equals("NotifyFunction"))
        .singleElement()
        .satisfies(
            notify ->
                assertThat(notify.environment()).containsEntry("CROSSFADE_STACK", "crossfade"));
  }

  @Test
  void everyAlarmTellsTheTopic() {
    Map<String, JsonNode> alarms = TEMPLATE.ofType("AWS::CloudWatch::Alarm");
    assertThat(alarms)
        .containsOnlyKeys(
            "RestoreIncompleteAlarm",
            "FunctionErrorsAlarm",
            "FunctionThrottlesAlarm",
            "StateMachineAlarm")
        .allSatisfy(
            (name, alarm) -> {
              assertThat(alarm.at("/AlarmActions/0").asText()).isEqualTo(TEMPLATE.ref("Topic"));
              assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
            });
  }

  /** CloudWatch cannot publish by SNS's own key (SNS Developer Guide, Key management). */
  @Test
  void theTopicsKeyLetsAlarmsPublish() {
    JsonNode topic = TEMPLATE.resource("Topic").path("Properties");
    assertThat(topic.path("KmsMasterKeyId").asText()).isEqualTo(TEMPLATE.ref("TopicKey"));
    JsonNode statements = TEMPLATE.resource("TopicKey").at("/Properties/KeyPolicy/Statement");
    assertThat(statements)
        .anySatisfy(
            statement -> {
              assertThat(statement.at("/Principal/Service").asText())
                  .isEqualTo("cloudwatch.amazonaws.com");
              assertThat(statement.path("Action").toString())
                  .isEqualTo("[\"kms:Decrypt\",\"kms:GenerateDataKey*\"]");
            });
  }

  @Test
  void theDashboardSearchesForWhatIsCounted() throws Exception {
    JsonNode body =
        JSON.readTree(TEMPLATE.resource("Dashboard").at("/Properties/DashboardBody").asText());
    JsonNode directive = line().at("/_aws/CloudWatchMetrics/0");
    var search = Pattern.compile("\\{Crossfade,([^}]*)}.*MetricName=\"(\\w+)\"");
    List<String> expressions =
        body.findValuesAsText("expression").stream().filter(e -> e.contains("{Crossfade")).toList();
    assertThat(expressions)
        .hasSize(6)
        .allSatisfy(
            expression -> {
              var found = search.matcher(expression);
              assertThat(found.find()).isTrue();
              assertThat(directive.path("Dimensions"))
                  .contains(JSON.valueToTree(List.of(found.group(1).split(","))));
              assertThat(metrics()).contains(found.group(2));
            });
    assertThat(body.path("widgets").toString()).doesNotContain("${");
  }

  @Test
  void theDocumentNamesEveryMetricCauseAndAlarm() throws Exception {
    String document = java.nio.file.Files.readString(java.nio.file.Path.of("docs/operations.md"));
    assertThat(metrics())
        .hasSize(5)
        .allSatisfy(name -> assertThat(document).contains("| `" + name));
    assertThat(TurnBackCause.values())
        .allSatisfy(cause -> assertThat(document).contains("`" + cause.label() + "`"));
    assertThat(TEMPLATE.ofType("AWS::CloudWatch::Alarm").keySet())
        .allSatisfy(alarm -> assertThat(document).contains("| `" + alarm + "`"));
  }
}
