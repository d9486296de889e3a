package io.crossfade.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.elb.HttpTarget;
import io.crossfade.localaws.elb.LoadBalancedSite;
import io.crossfade.localaws.sdk.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.*;

class AlarmHistoryTest {
  private final LoadBalancedSite site = new LoadBalancedSite(60);
  private final LocalCloudWatch cloudWatch = new LocalCloudWatch(site.clock, site.elb);

  @AfterEach
  void close() {
    cloudWatch.close();
    site.close();
  }

  @Test
  void aBlipBetweenTwoPollsIsInTheHistoryOnly() throws Exception {
    alarm("errors");
    Await.until("OK", () -> state("errors") == StateValue.OK);
    Instant poll = site.clock.now();
    cloudWatch.blip("errors", Duration.ofSeconds(25));
    Await.until("OK again", () -> state("errors") == StateValue.OK);

    List<AlarmHistoryItem> since =
        history(r -> r.alarmName("errors").startDate(poll).endDate(site.clock.now()));
    assertThat(since)
        .extracting(AlarmHistoryItem::historySummary)
        .containsExactly("Alarm updated from ALARM to OK", "Alarm updated from OK to ALARM");
    assertThat(Duration.between(since.get(1).timestamp(), since.get(0).timestamp()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(25));
    JsonNode data = new ObjectMapper().readTree(since.get(1).historyData());
    assertThat(data.path("version").asText()).isEqualTo("1.0");
    assertThat(data.at("/oldState/stateValue").asText()).isEqualTo("OK");
    assertThat(data.at("/oldState/stateReason").asText()).startsWith("Threshold Crossed");
    assertThat(data.at("/newState/stateValue").asText()).isEqualTo("ALARM");
    assertThat(data.at("/newState/stateReason").asText()).isEqualTo("a blip of PT25S");
  }

  @Test
  void aBurstOfRealErrorsIsInTheHistoryToo() {
    HttpTarget target = site.register(site.blue, "blue");
    alarm("errors");
    Await.until("OK", () -> state("errors") == StateValue.OK);
    target.status(500);
    site.bodies(1);
    target.status(200);
    Await.until("the burst is over", () -> history(r -> r.alarmName("errors")).size() == 3);
    assertThat(history(r -> r.alarmName("errors")))
        .extracting(AlarmHistoryItem::historySummary)
        .containsExactly(
            "Alarm updated from ALARM to OK",
            "Alarm updated from OK to ALARM",
            "Alarm updated from INSUFFICIENT_DATA to OK");
    assertThat(history(r -> r.alarmName("errors")).get(1).historyData())
        .contains("\"stateReasonData\":{\"version\":\"1.0\"")
        .containsPattern("\"recentDatapoints\":\\[1\\.0\\]");
  }

  @Test
  void theHistoryIsReadByTypeByTimeAndInPages() {
    alarm("errors");
    cloudWatch.putCompositeAlarm(r -> r.alarmName("any").alarmRule("ALARM(errors)"));
    Instant first = site.clock.now();
    for (int i = 0; i < 4; i++) {
      set("errors", i % 2 == 0 ? StateValue.ALARM : StateValue.OK);
    }
    Instant last = site.clock.now();
    set("errors", StateValue.ALARM);

    List<String> found = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      DescribeAlarmHistoryResponse page =
          cloudWatch.describeAlarmHistory(
              r ->
                  r.historyItemType(HistoryItemType.STATE_UPDATE)
                      .startDate(first)
                      .endDate(last)
                      .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                      .maxRecords(3)
                      .nextToken(from));
      assertThat(page.alarmHistoryItems()).hasSizeLessThanOrEqualTo(3);
      page.alarmHistoryItems()
          .forEach(item -> found.add(item.historySummary().replace("Alarm updated from ", "")));
      token = page.nextToken();
    } while (token != null);
    assertThat(found.stream().filter(each -> each.endsWith("to ALARM"))).hasSize(2);
    assertThat(cloudWatch.describeAlarmHistory(r -> r.alarmName("any")).alarmHistoryItems())
        .isEmpty();
    assertThat(
            cloudWatch
                .describeAlarmHistory(r -> r.alarmName("any").alarmTypes(AlarmType.COMPOSITE_ALARM))
                .alarmHistoryItems())
        .extracting(AlarmHistoryItem::historyItemTypeAsString)
        .contains("ConfigurationUpdate");
    cloudWatch.deleteAlarms(r -> r.alarmNames("any", "errors"));
    assertThat(history(r -> r.alarmName("errors"))).isNotEmpty();
    assertThatThrownBy(() -> history(r -> r.maxRecords(101)))
        .isInstanceOf(AwsServiceException.class);
    assertThatThrownBy(() -> history(r -> r.nextToken("nope")))
        .isInstanceOf(InvalidNextTokenException.class);
  }

  private List<AlarmHistoryItem> history(Consumer<DescribeAlarmHistoryRequest.Builder> asked) {
    return cloudWatch
        .describeAlarmHistory(r -> asked.accept(r.historyItemType(HistoryItemType.STATE_UPDATE)))
        .alarmHistoryItems();
  }

  private void set(String name, StateValue state) {
    cloudWatch.setAlarmState(r -> r.alarmName(name).stateValue(state).stateReason("drill"));
  }

  private StateValue state(String name) {
    return cloudWatch.describeAlarms(r -> r.alarmNames(name)).metricAlarms().get(0).stateValue();
  }

  private void alarm(String name) {
    String loadBalancer = site.loadBalancer.substring(site.loadBalancer.indexOf("app/"));
    cloudWatch.putMetricAlarm(
        r ->
            r.alarmName(name)
                .namespace("AWS/ApplicationELB")
                .metricName("HTTPCode_Target_5XX_Count")
                .dimensions(Dimension.builder().name("LoadBalancer").value(loadBalancer).build())
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(0.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData("notBreaching"));
  }
}
