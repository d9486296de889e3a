package io.crossfade.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.site.BookingSite;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Which alarm a drill may set: every release that watches it is turned back by it. */
class TargetFinderTest {
  private static final String CANARY = "targetgroup/green/1";
  private static final String STABLE = "targetgroup/blue/2";
  private static final String OTHER = "targetgroup/shop/3";

  private final Account account = new Account();

  @AfterEach
  void close() {
    account.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {CANARY, STABLE})
  void alarmOnOneOfTheTwoGroupsIsTaken(String group) {
    alarm("ours", BookingSite.dimension("TargetGroup", group));
    assertThat(found("ours")).isEqualTo("ours");
  }

  @Test
  void soIsOneWhoseExpressionNamesThemAlone() {
    alarm("ours", query("a", CANARY), query("b", STABLE), sum());
    assertThat(found("ours")).isEqualTo("ours");
  }

  @Test
  void othersWatchTheLoadBalancersAlarms() {
    alarm("load-balancer-5xx", BookingSite.dimension("LoadBalancer", "app/site/1"));
    refused("load-balancer-5xx", "measures more than the target groups of this drill");
  }

  @Test
  void othersWatchTheirOwnGroupsAlarms() {
    alarm("shop", BookingSite.dimension("TargetGroup", OTHER));
    refused("shop", "measures more than");
  }

  @Test
  void othersWatchWhatIsMeasuredTogetherWithTheirGroup() {
    alarm("both", query("a", CANARY), query("b", OTHER), sum());
    refused("both", "measures more than");
  }

  @ParameterizedTest
  @CsvSource({
    "TargetTracking-service/booking/backend-green-AlarmHigh, ",
    "busy, arn:aws:autoscaling:eu-central-1:123456789012:scalingPolicy:1:resource/ecs/x:policyName/y"
  })
  void alarmThatScalesAServiceIsRefused(String name, String action) {
    account
        .aws()
        .cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .namespace("AWS/ApplicationELB")
                    .metricName("RequestCount")
                    .statistic("Sum")
                    .period(60)
                    .dimensions(BookingSite.dimension("TargetGroup", CANARY))
                    .alarmActions(action == null ? new String[0] : new String[] {action})
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
    ok(name);
    refused(name, "would scale a service");
    assertThatThrownBy(() -> finder(null).alarm(CANARY, STABLE))
        .isInstanceOf(DrillRefused.class)
        .hasMessageContaining("no metric alarm has the dimension");
  }

  @Test
  void everythingThatTheAlarmCallsIsNamed() {
    MetricAlarm alarm = MetricAlarm.builder().alarmActions("page").okActions("page", "ok").build();
    assertThat(TargetFinder.actions(alarm)).containsExactly("page", "ok");
    assertThat(TargetFinder.actions(alarm.toBuilder().actionsEnabled(false).build())).isEmpty();
  }

  private String found(String name) {
    return finder(name).alarm(CANARY, STABLE).alarmName();
  }

  private void refused(String name, String why) {
    assertThatThrownBy(() -> found(name))
        .isInstanceOf(DrillRefused.class)
        .hasMessageContaining("the alarm " + name)
        .hasMessageContaining(why);
  }

  private TargetFinder finder(String alarm) {
    Properties properties = new Properties();
    properties.setProperty("stack", "crossfade");
    if (alarm != null) {
      properties.setProperty("alarm", alarm);
    }
    CloudWatchClient cloudWatch = account.client(CloudWatchClient.builder());
    return new TargetFinder(
        new AwsAccount("eu-central-1", null, null, null, null, null, null, cloudWatch),
        DrillOptions.from(properties));
  }

  private void alarm(String name, Dimension dimension) {
    account
        .aws()
        .cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .namespace("AWS/ApplicationELB")
                    .metricName("HTTPCode_ELB_5XX_Count")
                    .statistic("Sum")
                    .period(60)
                    .dimensions(dimension)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
    ok(name);
  }

  private void alarm(String name, MetricDataQuery... queries) {
    account
        .aws()
        .cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .metrics(Arrays.asList(queries))
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
    ok(name);
  }

  private void ok(String name) {
    account
        .aws()
        .cloudWatch()
        .setAlarmState(r -> r.alarmName(name).stateValue(StateValue.OK).stateReason("test"));
  }

  private static MetricDataQuery query(String id, String group) {
    return MetricDataQuery.builder()
        .id(id)
        .returnData(false)
        .metricStat(
            stat ->
                stat.stat("Sum")
                    .period(60)
                    .metric(
                        m ->
                            m.namespace("AWS/ApplicationELB")
                                .metricName("HTTPCode_Target_5XX_Count")
                                .dimensions(BookingSite.dimension("TargetGroup", group))))
        .build();
  }

  private static MetricDataQuery sum() {
    return MetricDataQuery.builder().id("sum").expression("a + b").returnData(true).build();
  }
}
