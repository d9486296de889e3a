package io.crossfade.localaws.iam;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.wire.Call;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;

/** Of CloudWatch. Metrics know no resources; to read composite alarms takes {@code *}. */
final class CloudWatchActions {
  private CloudWatchActions() {}

  static List<AccessRequest> of(Call call) {
    String action = "cloudwatch:" + call.operation();
    if (call.request() instanceof PutMetricDataRequest put) {
      return List.of(
          new AccessRequest(action, "*", Map.of("cloudwatch:namespace", put.namespace())));
    }
    return resources(call).stream().map(arn -> AccessRequest.of(action, arn)).toList();
  }

  private static List<String> resources(Call call) {
    Object request = call.request();
    if (request instanceof DescribeAlarmsRequest describe) {
      boolean composite = describe.alarmTypes().contains(AlarmType.COMPOSITE_ALARM);
      return List.of(composite ? "*" : alarm("*"));
    }
    if (request instanceof DescribeAlarmHistoryRequest describe) {
      return List.of(alarm(describe.alarmName() == null ? "*" : describe.alarmName()));
    }
    if (request instanceof PutMetricAlarmRequest put) {
      return List.of(alarm(put.alarmName()));
    }
    if (request instanceof PutCompositeAlarmRequest put) {
      return List.of(alarm(put.alarmName()));
    }
    if (request instanceof SetAlarmStateRequest set) {
      return List.of(alarm(set.alarmName()));
    }
    return several(call);
  }

  private static List<String> several(Call call) {
    Object request = call.request();
    if (request instanceof DeleteAlarmsRequest delete) {
      return delete.alarmNames().stream().map(CloudWatchActions::alarm).toList();
    }
    if (request instanceof EnableAlarmActionsRequest enable) {
      return enable.alarmNames().stream().map(CloudWatchActions::alarm).toList();
    }
    if (request instanceof DisableAlarmActionsRequest disable) {
      return disable.alarmNames().stream().map(CloudWatchActions::alarm).toList();
    }
    return switch (call.operation()) {
      case "GetMetricData", "GetMetricStatistics" -> List.of("*");
      default -> throw CallActions.unknown(call);
    };
  }

  private static String alarm(String name) {
    return Arns.of("cloudwatch", "alarm:" + name);
  }
}
