package io.crossfade.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.elb.HttpTarget;
import io.crossfade.localaws.elb.LoadBalancedSite;
import io.crossfade.localaws.sdk.Await;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.*;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

class AlarmsTest {
  private final LoadBalancedSite site = new LoadBalancedSite(60);
  private final LocalCloudWatch cloudWatch = new LocalCloudWatch(site.clock, site.elb);

  @AfterEach
  void close() {
    cloudWatch.close();
    site.close();
  }

  @Test
  void realServerErrorsMakeAnAlarmAndTheirEndClearsIt() {
    List<StateValue> heard = new CopyOnWriteArrayList<>();
    cloudWatch.onStateChange(change -> heard.add(change.current()));
    HttpTarget target = site.register(site.blue, "blue");
    serverErrors("errors");
    awaitState("errors", StateValue.OK);
    target.status(500);
    Await.until("the alarm", () -> asked("errors") == StateValue.ALARM);
    MetricAlarm alarm = described("errors");
    assertThat(alarm.stateReason()).contains("crossed the threshold");
    assertThat(alarm.stateTransitionedTimestamp()).isBeforeOrEqualTo(site.clock.now());
    target.status(200);
    awaitState("errors", StateValue.OK);
    Await.until("both changes are told", () -> heard.size() == 3);
    assertThat(heard).containsExactly(StateValue.OK, StateValue.ALARM, StateValue.OK);
  }

  /** One more visitor, and the state. */
  private StateValue asked(String name) {
    site.get("/api/x");
    return described(name).stateValue();
  }

  @Test
  void anErrorRateIsComputedFromTwoMetrics() {
    HttpTarget target = site.register(site.blue, "blue");
    cloudWatch.putMetricAlarm(
        r ->
            r.alarmName("rate")
                .metrics(
                    query("e", "HTTPCode_Target_5XX_Count"),
                    query("r", "RequestCount"),
                    MetricDataQuery.builder()
                        .id("rate")
                        .expression("IF(r>0, 100*FILL(e,0)/r, 0)")
                        .build())
                .threshold(50.0)
                .evaluationPeriods(1)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
    Await.until("OK", () -> asked("rate") == StateValue.OK);
    target.status(503);
    Await.until("the alarm", () -> asked("rate") == StateValue.ALARM);
  }

  private MetricDataQuery query(String id, String metric) {
    Metric of =
        Metric.builder()
            .namespace("AWS/ApplicationELB")
            .metricName(metric)
            .dimensions(dimensions())
            .build();
    return MetricDataQuery.builder()
        .id(id)
        .returnData(false)
        .metricStat(s -> s.metric(of).period(60).stat("Sum"))
        .build();
  }

  @Test
  void anAlarmThatIsSetBouncesBackAndStaysInTheHistory() {
    serverErrors("errors");
    awaitState("errors", StateValue.OK);
    cloudWatch.setAlarmState(
        r -> r.alarmName("errors").stateValue(StateValue.ALARM).stateReason("drill"));
    awaitState("errors", StateValue.OK);
    List<AlarmHistoryItem> history =
        cloudWatch
            .describeAlarmHistory(
                r -> r.alarmName("errors").historyItemType(HistoryItemType.STATE_UPDATE))
            .alarmHistoryItems();
    assertThat(history)
        .extracting(AlarmHistoryItem::historySummary)
        .startsWith("Alarm updated from ALARM to OK", "Alarm updated from OK to ALARM");
    assertThat(history.get(1).historyData()).contains("\"stateReason\":\"drill\"");
  }

  @Test
  void compositeAlarmsFollowTheirChildren() {
    serverErrors("errors");
    serverErrors("others");
    cloudWatch.putCompositeAlarm(
        r ->
            r.alarmName("any")
                .alarmRule("ALARM(\"errors\") OR (ALARM(others) AND NOT OK(errors))"));
    Await.until("OK", () -> composite("any") == StateValue.OK);
    HttpTarget target = site.register(site.blue, "blue");
    target.status(500);
    Await.until(
        "the composite alarm",
        () -> {
          site.get("/api/x");
          return composite("any") == StateValue.ALARM;
        });
  }

  private StateValue composite(String name) {
    return cloudWatch
        .describeAlarms(r -> r.alarmNames(name).alarmTypes(AlarmType.COMPOSITE_ALARM))
        .compositeAlarms()
        .get(0)
        .stateValue();
  }

  @Test
  void withoutTypesOnlyMetricAlarmsAreDescribed() {
    serverErrors("errors");
    cloudWatch.putCompositeAlarm(r -> r.alarmName("any").alarmRule("ALARM(errors)"));
    DescribeAlarmsResponse plain = cloudWatch.describeAlarms();
    assertThat(plain.metricAlarms()).hasSize(1);
    assertThat(plain.compositeAlarms()).isEmpty();
    DescribeAlarmsResponse both =
        cloudWatch.describeAlarms(
            r -> r.alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM));
    assertThat(both.compositeAlarms()).hasSize(1);
  }

  @Test
  void alarmsComeInPagesAndUnknownNamesAreAbsent() {
    for (int i = 0; i < 5; i++) {
      serverErrors("errors-" + i);
    }
    List<String> names = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      DescribeAlarmsResponse page =
          cloudWatch.describeAlarms(
              r -> r.alarmNamePrefix("errors-").maxRecords(2).nextToken(from));
      page.metricAlarms().forEach(alarm -> names.add(alarm.alarmName()));
      token = page.nextToken();
    } while (token != null);
    assertThat(names).containsExactly("errors-0", "errors-1", "errors-2", "errors-3", "errors-4");
    assertThat(cloudWatch.describeAlarms(r -> r.alarmNames("errors-1", "nope")).metricAlarms())
        .extracting(MetricAlarm::alarmName)
        .containsExactly("errors-1");
    assertThatThrownBy(() -> cloudWatch.describeAlarms(r -> r.nextToken("nope")))
        .isInstanceOf(InvalidNextTokenException.class);
  }

  @Test
  void withoutAnyDataAnAlarmIsInsufficientUnlessMissingDataAreFine() {
    cloudWatch.putMetricAlarm(errors("quiet").treatMissingData("missing").build());
    serverErrors("fine");
    awaitState("fine", StateValue.OK);
    assertThat(described("quiet").stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
  }

  @Test
  void missingDataThatAreIgnoredLeaveTheStateThatWasSet() {
    cloudWatch.putMetricAlarm(errors("stays").treatMissingData("ignore").build());
    cloudWatch.setAlarmState(
        r -> r.alarmName("stays").stateValue(StateValue.ALARM).stateReason("a drill"));
    Instant evaluated = site.clock.now().plus(LocalCloudWatch.EVALUATION_INTERVAL.multipliedBy(3));
    Await.until("it is evaluated", () -> site.clock.now().isAfter(evaluated));
    assertThat(described("stays").stateValue()).isEqualTo(StateValue.ALARM);
  }

  @Test
  void aMetricThatNobodyMeasuresIsRefusedByName() {
    assertThatThrownBy(
            () -> cloudWatch.putMetricAlarm(errors("x").metricName("DesyncMitigation").build()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("not emulated: metric AWS/ApplicationELB DesyncMitigation");
  }

  @Test
  void customMetricsAreReadAsTheyWerePut() {
    MetricDatum orders = MetricDatum.builder().metricName("Orders").value(3.0).build();
    cloudWatch.putMetricData(r -> r.namespace("Site").metricData(orders, orders));
    Metric metric = Metric.builder().namespace("Site").metricName("Orders").build();
    GetMetricDataResponse read =
        cloudWatch.getMetricData(
            r ->
                r.startTime(site.clock.now().minusSeconds(300))
                    .endTime(site.clock.now().plusSeconds(300))
                    .metricDataQueries(
                        MetricDataQuery.builder()
                            .id("m")
                            .metricStat(s -> s.metric(metric).period(3600).stat("Sum"))
                            .build()));
    assertThat(read.metricDataResults().get(0).values().stream().mapToDouble(v -> v).sum())
        .isEqualTo(6.0);
  }

  @Test
  void theBalancersCountersAreReadPerGroupAndInAll() {
    site.register(site.blue, "blue");
    site.bodies(4);
    site.get("/elsewhere");
    Await.until("the minute shows", () -> sum("RequestCount", dimensions()) == 4.0);
    assertThat(sum("RequestCount", dimensions().subList(0, 1))).isEqualTo(4.0);
  }

  private double sum(String metric, List<Dimension> dimensions) {
    Metric asked =
        Metric.builder()
            .namespace("AWS/ApplicationELB")
            .metricName(metric)
            .dimensions(dimensions)
            .build();
    MetricDataQuery query =
        MetricDataQuery.builder()
            .id("m")
            .metricStat(s -> s.metric(asked).period(60).stat("Sum"))
            .build();
    return cloudWatch
        .getMetricData(
            r ->
                r.startTime(site.clock.now().minusSeconds(3600))
                    .endTime(site.clock.now().plusSeconds(60))
                    .metricDataQueries(query))
        .metricDataResults()
        .get(0)
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private void serverErrors(String name) {
    cloudWatch.putMetricAlarm(errors(name).build());
  }

  private PutMetricAlarmRequest.Builder errors(String name) {
    return PutMetricAlarmRequest.builder()
        .alarmName(name)
        .namespace("AWS/ApplicationELB")
        .metricName("HTTPCode_Target_5XX_Count")
        .dimensions(dimensions())
        .statistic(Statistic.SUM)
        .period(60)
        .evaluationPeriods(1)
        .threshold(0.0)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .treatMissingData("notBreaching");
  }

  private List<Dimension> dimensions() {
    String loadBalancer = site.loadBalancer.substring(site.loadBalancer.indexOf("app/"));
    String group = site.blue.substring(site.blue.indexOf("targetgroup/"));
    return List.of(
        Dimension.builder().name("LoadBalancer").value(loadBalancer).build(),
        Dimension.builder().name("TargetGroup").value(group).build());
  }

  private MetricAlarm described(String name) {
    return cloudWatch.describeAlarms(r -> r.alarmNames(name)).metricAlarms().get(0);
  }

  private void awaitState(String name, StateValue state) {
    Await.until(name + " is " + state, () -> described(name).stateValue() == state);
  }
}
