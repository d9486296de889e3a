package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.cloudwatch.LocalCloudWatch;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.TransientFailure;
import io.crossfade.site.BookingSite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

class CloudWatchAlarmReaderTest {
  private static final String BLUE = "targetgroup/backend-blue/0000000000000001";
  private static final String GREEN = "targetgroup/backend-green/0000000000000002";
  private static final String OTHER = "targetgroup/frontend-blue/0000000000000003";
  private static final String HISTORY = "monitoring:DescribeAlarmHistory";
  private static final String DESCRIBE = "monitoring:DescribeAlarms";

  private final Account account = new Account();
  private final LocalCloudWatch cloudWatch = account.aws().cloudWatch();
  private final AlarmReader alarms =
      new CloudWatchAlarmReader(account.client(CloudWatchClient.builder()));

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void findsTheAlarmsOfBothTargetGroupsAndNoOthers() {
    onTargetGroup("blue-5xx", BLUE);
    onTargetGroup("green-5xx", GREEN);
    onTargetGroup("frontend-5xx", OTHER);
    gauge("queue", List.of());
    gauge("impostor", List.of(BookingSite.dimension("Queue", BLUE)));

    assertThat(alarms.watching(List.of(BLUE, GREEN), List.of()))
        .extracting(Alarm::name)
        .containsExactlyInAnyOrder("blue-5xx", "green-5xx");
  }

  /** What hangs or drops connections is counted for the load balancer alone. */
  @Test
  void findsTheAlarmsOfTheLoadBalancersOwnErrorsAndNoOthersOfIt() {
    onLoadBalancer("own-5xx", "HTTPCode_ELB_5XX_Count", "app/site/1");
    onLoadBalancer("own-504", "HTTPCode_ELB_504_Count", "app/site/1");
    onLoadBalancer("other-5xx", "HTTPCode_ELB_5XX_Count", "app/other/2");
    onLoadBalancer("few-requests", "RequestCount", "app/site/1");
    onTargetGroup("frontend-5xx", OTHER);

    assertThat(alarms.watching(List.of(BLUE, GREEN, "app/site/1"), List.of()))
        .extracting(Alarm::name, Alarm::measuresNoGroup)
        .containsExactlyInAnyOrder(tuple("own-5xx", true), tuple("own-504", true));
  }

  /** It says how busy a group is, and not how well. */
  @Test
  void anAlarmThatAScalingPolicyMadeCountsOnlyIfItIsNamed() {
    onTargetGroup(
        "busy",
        GREEN,
        "arn:aws:autoscaling:eu-central-1:123456789012:scalingPolicy:1:resource/ecs"
            + "/service/site/backend-green:policyName/requests");
    assertThat(alarms.watching(List.of(GREEN), List.of())).isEmpty();
    assertThat(alarms.watching(List.of(), List.of("busy"))).hasSize(1);
  }

  private void onLoadBalancer(String name, String metric, String loadBalancer) {
    cloudWatch.putMetricAlarm(
        r ->
            threshold(r.alarmName(name))
                .namespace("AWS/ApplicationELB")
                .metricName(metric)
                .dimensions(BookingSite.dimension("LoadBalancer", loadBalancer))
                .statistic("Sum")
                .period(60));
  }

  @Test
  void aBlipShowsInTheHistoryAlone() {
    gauge("gauge", List.of());
    Instant before = account.aws().clock().now();
    assertThat(fired("gauge", before)).isEmpty();

    cloudWatch.blip("gauge", Duration.ofMillis(1));
    Await.until("the blip is over", () -> state("gauge") != Alarm.State.ALARM);

    assertThat(alarms.watching(List.of(), List.of("gauge")).get(0).mayHaveFiredSince(before))
        .isTrue();
    Instant fired = fired("gauge", before).get("gauge");
    assertThat(fired).isAfterOrEqualTo(before);
    assertThat(fired("gauge", fired.plusSeconds(1))).isEmpty();
  }

  @Test
  void everyPageOfTheHistoryIsRead() {
    gauge("gauge", List.of());
    Instant before = account.aws().clock().now();
    set("gauge", StateValue.ALARM);
    for (int i = 0; i < 120; i++) {
      set("gauge", i % 2 == 0 ? StateValue.OK : StateValue.INSUFFICIENT_DATA);
    }
    assertThat(fired("gauge", before)).containsKey("gauge");
    assertThat(account.calls(HISTORY)).isEqualTo(2);
  }

  private Map<String, Instant> fired(String name, Instant since) {
    return alarms.firedSince(List.of(name), since);
  }

  /** CloudWatch answers three such questions a second. */
  @ParameterizedTest
  @CsvSource({"3, 3", "4, 1"})
  void manyHistoriesAreReadAsOne(int asked, int calls) {
    Instant before = account.aws().clock().now();
    List<String> names = IntStream.range(0, asked).mapToObj(i -> "gauge-" + i).toList();
    names.forEach(name -> gauge(name, List.of()));
    gauge("other", List.of());
    List.of("gauge-0", "gauge-2", "other").forEach(name -> set(name, StateValue.ALARM));
    set("gauge-1", StateValue.OK);

    assertThat(alarms.firedSince(names, before)).containsOnlyKeys("gauge-0", "gauge-2");
    assertThat(account.calls(HISTORY)).isEqualTo(calls);
  }

  /** After days of waiting for an answer, the account's history is mostly that of others. */
  @Test
  void aLongHistoryOfTheAccountIsNotReadToItsEnd() {
    Instant before = account.aws().clock().now();
    List<String> names = List.of("a", "b", "c", "d");
    names.forEach(name -> gauge(name, List.of()));
    gauge("other", List.of());
    set("a", StateValue.ALARM);
    for (int i = 0; i < 600; i++) {
      set("other", i % 2 == 0 ? StateValue.ALARM : StateValue.OK);
    }
    assertThat(alarms.firedSince(names, before)).containsOnlyKeys("a");
    long throttled = account.aws().cloudWatchQuotas().throttled();
    assertThat(account.calls(HISTORY) - throttled).isEqualTo(5 + 4);
  }

  /** A page takes twelve seconds, and the function has sixty. */
  @Test
  void historiesThatTakeTooLongAreGivenUp() {
    AlarmReader slow = taking(Duration.ofSeconds(12));
    Instant before = account.aws().clock().now();
    assertThatThrownBy(() -> slow.firedSince(List.of("a", "b", "c"), before))
        .isInstanceOf(TransientFailure.class);
    assertThat(account.calls(HISTORY)).isEqualTo(2);
  }

  @Test
  void namedAlarmsAreReadByTheHundred() {
    for (int i = 0; i < 230; i++) {
      gauge("a-%03d".formatted(i), List.of());
    }
    cloudWatch.putCompositeAlarm(r -> r.alarmName("both").alarmRule("ALARM(\"a-000\")"));
    List<String> names = new ArrayList<>(List.of("both", "gone"));
    IntStream.range(0, 148).forEach(i -> names.add("a-%03d".formatted(i)));

    assertThat(alarms.named(names))
        .extracting(Alarm::name)
        .hasSize(149)
        .contains("both", "a-000", "a-147")
        .doesNotContain("gone");
    assertThat(account.calls(DESCRIBE)).isEqualTo(2);
  }

  /** Without a name CloudWatch would answer with all alarms of the account. */
  @Test
  void noNameIsNoQuestion() {
    gauge("queue", List.of());
    assertThat(alarms.named(List.of())).isEmpty();
    assertThat(account.calls(DESCRIBE)).isZero();
  }

  private void set(String alarm, StateValue state) {
    cloudWatch.setAlarmState(r -> r.alarmName(alarm).stateValue(state).stateReason("drill"));
  }

  @Test
  void readsEveryPage() {
    for (int i = 0; i < 230; i++) {
      gauge("a-%03d".formatted(i), List.of());
    }
    onTargetGroup("z-green", GREEN);

    assertThat(alarms.watching(List.of(BLUE, GREEN), List.of("a-000", "a-150")))
        .extracting(Alarm::name)
        .containsExactlyInAnyOrder("a-000", "a-150", "z-green");
    assertThat(account.calls(DESCRIBE)).isEqualTo(3);
  }

  @Test
  void anAlarmOnAnExpressionWatchesTheGroupsOfItsQueries() {
    expression("math-green", GREEN);
    expression("math-frontend", OTHER);

    assertThat(alarms.watching(List.of(BLUE, GREEN), List.of()))
        .extracting(Alarm::name)
        .containsExactly("math-green");
  }

  @Test
  void tellsWhatAnAlarmMeasures() {
    onTargetGroup("blue-5xx", BLUE);
    expression("math-green", GREEN);
    gauge("queue", List.of());
    cloudWatch.putCompositeAlarm(r -> r.alarmName("both").alarmRule("ALARM(\"queue\")"));

    assertThat(alarms.watching(List.of(BLUE, GREEN), List.of("queue", "both")))
        .extracting(Alarm::name, Alarm::groups)
        .containsExactlyInAnyOrder(
            tuple("blue-5xx", Set.of(BLUE)),
            tuple("math-green", Set.of(GREEN)),
            tuple("queue", Set.of(Alarm.BEYOND)),
            tuple("both", Set.of()));
  }

  @Test
  void aNamedAlarmIsFoundWhateverItsType() {
    gauge("queue", List.of());
    onTargetGroup("frontend-5xx", OTHER);
    cloudWatch.putCompositeAlarm(r -> r.alarmName("both").alarmRule("ALARM(\"queue\")"));
    cloudWatch.putCompositeAlarm(r -> r.alarmName("unasked").alarmRule("ALARM(\"queue\")"));

    assertThat(alarms.watching(List.of(BLUE, GREEN), List.of("queue", "both")))
        .extracting(Alarm::name)
        .containsExactlyInAnyOrder("queue", "both");
  }

  @Test
  void aNameThatCloudWatchDoesNotKnowIsAbsent() {
    gauge("queue", List.of());
    assertThat(alarms.watching(List.of(BLUE, GREEN), List.of("queue", "quueue")))
        .extracting(Alarm::name)
        .containsExactly("queue");
  }

  @Test
  void anAlarmThatIsBothNamedAndWatchingIsThereOnce() {
    onTargetGroup("blue-5xx", BLUE);
    assertThat(alarms.watching(List.of(BLUE, GREEN), List.of("blue-5xx"))).hasSize(1);
  }

  @Test
  void tellsStateAndReason() {
    gauge("queue", List.of());
    cloudWatch.putCompositeAlarm(r -> r.alarmName("both").alarmRule("ALARM(\"queue\")"));
    assertThat(state("queue")).isEqualTo(Alarm.State.INSUFFICIENT_DATA);

    Await.until(
        "the queue's alarm fires",
        () -> {
          MetricDatum datum = MetricDatum.builder().metricName("queue").value(9.0).build();
          cloudWatch.putMetricData(r -> r.namespace("Shop").metricData(datum));
          return state("queue") == Alarm.State.ALARM && state("both") == Alarm.State.ALARM;
        });

    Alarm firing = alarms.watching(List.of(), List.of("queue")).get(0);
    assertThat(firing.reason()).contains("Threshold Crossed");
    assertThat(firing.evaluation()).isNull();
  }

  @Test
  void oneThrottledCallIsTriedAgainByTheSdk() {
    onTargetGroup("blue-5xx", BLUE);
    account.refuse(DESCRIBE, 1, "ThrottlingException");
    assertThat(alarms.watching(List.of(BLUE), List.of())).hasSize(1);
    assertThat(account.calls(DESCRIBE)).isEqualTo(2);
  }

  /** A page takes twelve seconds, and the function has sixty. */
  @Test
  void pagesThatTakeTooLongAreGivenUp() {
    for (int i = 0; i < 350; i++) {
      gauge("a-%03d".formatted(i), List.of());
    }
    AlarmReader slow = taking(Duration.ofSeconds(12));
    assertThatThrownBy(() -> slow.watching(List.of(BLUE), List.of()))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("CloudWatch took more than 20 s to describe alarms");
    assertThat(account.calls(DESCRIBE)).isEqualTo(2);
  }

  private AlarmReader taking(Duration each) {
    AtomicLong nanos = new AtomicLong();
    return new CloudWatchAlarmReader(
        account.client(CloudWatchClient.builder()), () -> nanos.getAndAdd(each.toNanos()));
  }

  @Test
  void throttlingThatDoesNotEndMayPass() {
    account.refuse(DESCRIBE, 100, "ThrottlingException");
    assertThatThrownBy(() -> alarms.watching(List.of(BLUE), List.of()))
        .isInstanceOf(TransientFailure.class);
  }

  private Alarm.State state(String name) {
    return alarms.watching(List.of(), List.of(name)).get(0).state();
  }

  private void onTargetGroup(String name, String group, String... actions) {
    cloudWatch.putMetricAlarm(
        r ->
            threshold(r.alarmName(name))
                .namespace("AWS/ApplicationELB")
                .metricName("HTTPCode_Target_5XX_Count")
                .dimensions(
                    BookingSite.dimension("LoadBalancer", "app/site/1"),
                    BookingSite.dimension("TargetGroup", group))
                .statistic("Sum")
                .period(60)
                .alarmActions(actions));
  }

  private void gauge(String name, List<Dimension> dimensions) {
    cloudWatch.putMetricAlarm(
        r ->
            threshold(r.alarmName(name))
                .namespace("Shop")
                .metricName(name)
                .dimensions(dimensions)
                .statistic("Maximum")
                .period(60));
  }

  private void expression(String name, String group) {
    MetricDataQuery errors =
        MetricDataQuery.builder()
            .id("errors")
            .returnData(false)
            .metricStat(
                s ->
                    s.stat("Sum")
                        .period(60)
                        .metric(
                            m ->
                                m.namespace("AWS/ApplicationELB")
                                    .metricName("HTTPCode_Target_5XX_Count")
                                    .dimensions(
                                        BookingSite.dimension("LoadBalancer", "app/site/1"),
                                        BookingSite.dimension("TargetGroup", group))))
            .build();
    MetricDataQuery doubled =
        MetricDataQuery.builder().id("doubled").expression("errors * 2").returnData(true).build();
    cloudWatch.putMetricAlarm(r -> threshold(r.alarmName(name)).metrics(errors, doubled));
  }

  private static PutMetricAlarmRequest.Builder threshold(PutMetricAlarmRequest.Builder alarm) {
    return alarm
        .evaluationPeriods(1)
        .threshold(5.0)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD);
  }
}
