package io.crossfade.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.LimitExceededException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;

class CborWireTest {
  private static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");
  private final Gateway gateway = new Gateway();
  private final StubCloudWatch stub = new StubCloudWatch();
  private final CloudWatchClient cloudWatch =
      SdkClients.at(gateway.endpoint(), "AKID", CloudWatchClient.builder());

  @BeforeEach
  void serve() {
    gateway.serve("monitoring", CloudWatchClient.class, stub);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void requestArrivesAsItWasSent() {
    DescribeAlarmsRequest request =
        DescribeAlarmsRequest.builder()
            .alarmNames("api-5xx", "api-slow")
            .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
            .maxRecords(100)
            .build();

    cloudWatch.describeAlarms(request);

    assertThat(stub.requests).containsExactly(request);
  }

  @Test
  void responseArrivesAsItWasGiven() {
    DescribeAlarmsResponse response = cloudWatch.describeAlarms();

    assertThat(response.metricAlarms()).containsExactly(stub.alarm());
    assertThat(response.metricAlarms().get(0).stateUpdatedTimestamp()).isEqualTo(AT);
    assertThat(response.hasCompositeAlarms()).isTrue();
    assertThat(response.compositeAlarms()).isEmpty();
    assertThat(response.nextToken()).isNull();
  }

  @Test
  void timestampsArrive() {
    DescribeAlarmHistoryRequest request =
        DescribeAlarmHistoryRequest.builder().startDate(AT).endDate(AT.plusSeconds(60)).build();

    cloudWatch.describeAlarmHistory(request);

    assertThat(stub.requests).containsExactly(request);
  }

  @Test
  void numbersArrive() {
    PutMetricAlarmRequest request =
        PutMetricAlarmRequest.builder()
            .alarmName("a")
            .threshold(0.05)
            .evaluationPeriods(3)
            .actionsEnabled(false)
            .dimensions(Dimension.builder().name("TargetGroup").value("targetgroup/x/1").build())
            .build();

    cloudWatch.putMetricAlarm(request);

    assertThat(stub.requests).containsExactly(request);
  }

  @Test
  void compressedRequestArrives() {
    List<MetricDatum> many =
        Collections.nCopies(
            500, MetricDatum.builder().metricName("Requests").timestamp(AT).value(1.5).build());

    cloudWatch.putMetricData(r -> r.namespace("Site").metricData(many));

    assertThat(((PutMetricDataRequest) stub.requests.get(0)).metricData()).isEqualTo(many);
  }

  @Test
  void modeledErrorArrivesAsItsOwnTypeWithItsQueryCode() {
    assertThatThrownBy(() -> cloudWatch.describeAlarms(r -> r.nextToken("wrong")))
        .isInstanceOfSatisfying(
            InvalidNextTokenException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidNextToken"));
  }

  @Test
  void errorThatTheSdkRenamedArrivesAsItsOwnType() {
    assertThatThrownBy(() -> cloudWatch.setAlarmState(r -> r.alarmName("a").stateValue("OK")))
        .isInstanceOfSatisfying(
            LimitExceededException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("LimitExceeded"));
  }

  @Test
  void operationThatIsNotOverriddenIsNotEmulated() {
    assertThatThrownBy(() -> cloudWatch.listDashboards())
        .isInstanceOfSatisfying(
            CloudWatchException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(501);
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("not emulated: monitoring:ListDashboards");
            });
  }

  @Test
  void oldClientsAskWithQuery() throws Exception {
    String form = "Action=DescribeAlarms&Version=2010-08-01&AlarmNames.member.1=api-5xx";
    HttpResponse<String> response = send("application/x-www-form-urlencoded", "", form.getBytes());

    assertThat(response.body())
        .contains(
            "<DescribeAlarmsResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                + "<DescribeAlarmsResult>")
        .contains("<CompositeAlarms></CompositeAlarms>")
        .contains("<StateUpdatedTimestamp>2026-03-04T05:06:07.089Z</StateUpdatedTimestamp>");
  }

  @Test
  void someClientsAskWithJson() throws Exception {
    HttpResponse<String> response =
        send(
            "application/x-amz-json-1.0",
            "GraniteServiceVersion20100801.DescribeAlarms",
            "{\"AlarmNames\":[\"api-5xx\"]}".getBytes());

    assertThat(response.body()).contains("\"StateUpdatedTimestamp\":1772600767.089");
    assertThat(stub.requests)
        .containsExactly(DescribeAlarmsRequest.builder().alarmNames("api-5xx").build());
  }

  private HttpResponse<String> send(String type, String target, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.endpoint())
            .header("Content-Type", type)
            .header("X-Amz-Target", target)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static final class StubCloudWatch implements CloudWatchClient {
    final List<Object> requests = new ArrayList<>();

    MetricAlarm alarm() {
      return MetricAlarm.builder()
          .alarmName("api-5xx")
          .threshold(1.0)
          .period(60)
          .actionsEnabled(true)
          .stateValue("ALARM")
          .stateUpdatedTimestamp(AT)
          .dimensions(Dimension.builder().name("TargetGroup").value("targetgroup/x/1").build())
          .build();
    }

    @Override
    public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
      if ("wrong".equals(request.nextToken())) {
        throw InvalidNextTokenException.builder()
            .statusCode(400)
            .awsErrorDetails(details("InvalidNextToken"))
            .build();
      }
      requests.add(request);
      return DescribeAlarmsResponse.builder()
          .metricAlarms(alarm())
          .compositeAlarms(List.of())
          .build();
    }

    @Override
    public SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
      throw LimitExceededException.builder()
          .statusCode(400)
          .awsErrorDetails(details("LimitExceeded"))
          .build();
    }

    @Override
    public DescribeAlarmHistoryResponse describeAlarmHistory(DescribeAlarmHistoryRequest request) {
      requests.add(request);
      return DescribeAlarmHistoryResponse.builder().build();
    }

    @Override
    public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
      requests.add(request);
      return PutMetricAlarmResponse.builder().build();
    }

    @Override
    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
      requests.add(request);
      return PutMetricDataResponse.builder().build();
    }

    private static AwsErrorDetails details(String code) {
      return AwsErrorDetails.builder().errorCode(code).errorMessage("said the stub").build();
    }

    @Override
    public String serviceName() {
      return "monitoring";
    }

    @Override
    public void close() {}
  }
}
