package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.cloudwatch.AlarmStateChange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * The events that CloudWatch publishes about an alarm.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html">
 *     Alarm events and EventBridge</a>
 */
final class AlarmEvents {
  static final String TYPE = "CloudWatch Alarm State Change";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

  private AlarmEvents() {}

  /**
   * @param described the alarm itself, with whose configuration the event comes
   */
  static JsonNode changed(AlarmStateChange change, DescribeAlarmsResponse described) {
    ObjectNode detail = EventEnvelope.JSON.createObjectNode().put("alarmName", change.alarmName());
    state(
        detail.putObject("state"),
        change.current().toString(),
        change.reason(),
        change.reasonData(),
        change.at());
    state(
        detail.putObject("previousState"),
        change.previous().toString(),
        change.previousReason(),
        change.previousReasonData(),
        change.previousAt());
    ObjectNode configuration = detail.putObject("configuration");
    described.metricAlarms().forEach(alarm -> metric(configuration, alarm));
    described.compositeAlarms().forEach(alarm -> composite(configuration, alarm));
    return EventEnvelope.of("aws.cloudwatch", TYPE, change.at(), change.alarmArn(), detail);
  }

  private static void state(
      ObjectNode state, String value, String reason, String reasonData, Instant at) {
    state.put("value", value).put("reason", reason);
    if (reasonData != null) {
      state.put("reasonData", reasonData);
    }
    state.put("timestamp", TIMESTAMP.format(at));
  }

  private static void composite(ObjectNode configuration, CompositeAlarm alarm) {
    description(configuration, alarm.alarmDescription());
    configuration.put("alarmRule", alarm.alarmRule());
  }

  private static void metric(ObjectNode configuration, MetricAlarm alarm) {
    description(configuration, alarm.alarmDescription());
    ArrayNode metrics = configuration.putArray("metrics");
    if (alarm.metrics().isEmpty()) {
      ObjectNode query = metrics.addObject().put("id", UUID.randomUUID().toString());
      ObjectNode stat = query.putObject("metricStat");
      named(stat, alarm.namespace(), alarm.metricName(), alarm.dimensions());
      stat.put("period", alarm.period())
          .put(
              "stat",
              alarm.statistic() == null ? alarm.extendedStatistic() : alarm.statisticAsString());
      query.put("returnData", true);
    }
    alarm.metrics().forEach(query -> query(metrics.addObject(), query));
  }

  private static void query(ObjectNode out, MetricDataQuery query) {
    out.put("id", query.id());
    if (query.expression() != null) {
      out.put("expression", query.expression());
    }
    if (query.label() != null) {
      out.put("label", query.label());
    }
    if (query.metricStat() != null) {
      ObjectNode stat = out.putObject("metricStat");
      var metric = query.metricStat().metric();
      named(stat, metric.namespace(), metric.metricName(), metric.dimensions());
      stat.put("period", query.metricStat().period()).put("stat", query.metricStat().stat());
    }
    out.put("returnData", !Boolean.FALSE.equals(query.returnData()));
  }

  private static void named(
      ObjectNode stat, String namespace, String name, List<Dimension> dimensions) {
    ObjectNode metric = stat.putObject("metric");
    ObjectNode values = metric.putObject("dimensions");
    dimensions.forEach(dimension -> values.put(dimension.name(), dimension.value()));
    metric.put("name", name).put("namespace", namespace);
  }

  private static void description(ObjectNode configuration, String description) {
    if (description != null) {
      configuration.put("description", description);
    }
  }
}
