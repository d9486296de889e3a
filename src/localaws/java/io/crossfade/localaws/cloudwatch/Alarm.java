package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.SdkMembers;
import java.time.Instant;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** An alarm as it is described and as it is evaluated. */
sealed interface Alarm {
  String name();

  String arn();

  AlarmType type();

  StateValue state();

  String stateReason();

  /** JSON text; null if there is none. */
  String stateReasonData();

  /** The last change of its state. */
  Instant stateSince();

  Alarm withState(AlarmEvaluation evaluation, Instant at);

  /**
   * @param states the present state of any alarm by name
   */
  AlarmEvaluation evaluate(Instant now, Function<String, StateValue> states);

  private static String arn(String name) {
    return Arns.of("cloudwatch", "alarm:" + name);
  }

  /** An alarm on figures. */
  record OnMetric(MetricAlarm alarm, AlarmFigures figures) implements Alarm {
    /**
     * @param before the alarm of that name, whose state is kept; null if it is new
     */
    static OnMetric create(
        PutMetricAlarmRequest request, OnMetric before, Metrics metrics, Instant now) {
      MetricAlarm.Builder settings =
          SdkMembers.copy(request, MetricAlarm.builder())
              .alarmArn(Alarm.arn(request.alarmName()))
              .actionsEnabled(!Boolean.FALSE.equals(request.actionsEnabled()))
              .alarmConfigurationUpdatedTimestamp(now);
      MetricAlarm alarm = started(settings, before, now);
      return new OnMetric(alarm, AlarmFigures.of(alarm, metrics));
    }

    private static MetricAlarm started(MetricAlarm.Builder settings, OnMetric before, Instant now) {
      if (before == null) {
        return settings
            .stateValue(StateValue.INSUFFICIENT_DATA)
            .stateReason("Unchecked: Initial alarm creation")
            .stateUpdatedTimestamp(now)
            .stateTransitionedTimestamp(now)
            .build();
      }
      return settings
          .stateValue(before.alarm.stateValue())
          .stateReason(before.alarm.stateReason())
          .stateReasonData(before.alarm.stateReasonData())
          .stateUpdatedTimestamp(before.alarm.stateUpdatedTimestamp())
          .stateTransitionedTimestamp(before.alarm.stateTransitionedTimestamp())
          .build();
    }

    @Override
    public String name() {
      return alarm.alarmName();
    }

    @Override
    public String arn() {
      return alarm.alarmArn();
    }

    @Override
    public AlarmType type() {
      return AlarmType.METRIC_ALARM;
    }

    @Override
    public StateValue state() {
      return alarm.stateValue();
    }

    @Override
    public String stateReason() {
      return alarm.stateReason();
    }

    @Override
    public String stateReasonData() {
      return alarm.stateReasonData();
    }

    @Override
    public Instant stateSince() {
      return alarm.stateTransitionedTimestamp();
    }

    @Override
    public Alarm withState(AlarmEvaluation evaluation, Instant at) {
      return new OnMetric(
          alarm.toBuilder()
              .stateValue(evaluation.state())
              .stateReason(evaluation.reason())
              .stateReasonData(evaluation.reasonData())
              .stateUpdatedTimestamp(at)
              .stateTransitionedTimestamp(at)
              .build(),
          figures);
    }

    @Override
    public AlarmEvaluation evaluate(Instant now, Function<String, StateValue> states) {
      return AlarmEvaluation.of(alarm, figures.last(alarm.evaluationPeriods(), now));
    }
  }

  /** An alarm on the states of other alarms. */
  record OnAlarms(CompositeAlarm alarm, AlarmRule rule) implements Alarm {
    static OnAlarms create(PutCompositeAlarmRequest request, OnAlarms before, Instant now) {
      CompositeAlarm.Builder settings =
          SdkMembers.copy(request, CompositeAlarm.builder())
              .alarmArn(Alarm.arn(request.alarmName()))
              .actionsEnabled(!Boolean.FALSE.equals(request.actionsEnabled()))
              .alarmConfigurationUpdatedTimestamp(now)
              .stateValue(before == null ? StateValue.INSUFFICIENT_DATA : before.state())
              .stateReason(
                  before == null ? "Unchecked: Initial alarm creation" : before.stateReason())
              .stateUpdatedTimestamp(before == null ? now : before.alarm.stateUpdatedTimestamp())
              .stateTransitionedTimestamp(
                  before == null ? now : before.alarm.stateTransitionedTimestamp());
      return new OnAlarms(settings.build(), AlarmRule.parse(request.alarmRule()));
    }

    @Override
    public String name() {
      return alarm.alarmName();
    }

    @Override
    public String arn() {
      return alarm.alarmArn();
    }

    @Override
    public AlarmType type() {
      return AlarmType.COMPOSITE_ALARM;
    }

    @Override
    public StateValue state() {
      return alarm.stateValue();
    }

    @Override
    public String stateReason() {
      return alarm.stateReason();
    }

    @Override
    public String stateReasonData() {
      return alarm.stateReasonData();
    }

    @Override
    public Instant stateSince() {
      return alarm.stateTransitionedTimestamp();
    }

    @Override
    public Alarm withState(AlarmEvaluation evaluation, Instant at) {
      return new OnAlarms(
          alarm.toBuilder()
              .stateValue(evaluation.state())
              .stateReason(evaluation.reason())
              .stateReasonData(evaluation.reasonData())
              .stateUpdatedTimestamp(at)
              .stateTransitionedTimestamp(at)
              .build(),
          rule);
    }

    @Override
    public AlarmEvaluation evaluate(Instant now, Function<String, StateValue> states) {
      boolean holds = rule.holds(states);
      return new AlarmEvaluation(
          holds ? StateValue.ALARM : StateValue.OK,
          "%s: the rule %s %s".formatted(name(), alarm.alarmRule(), holds ? "holds" : "does not"),
          null);
    }
  }
}
