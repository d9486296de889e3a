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

/** An alarm: its settings, its present state, and how it is evaluated. */
sealed interface Alarm {
  String name();

  AlarmType type();

  Current current();

  Alarm withCurrent(Current state);

  /**
   * @param states the present state of any alarm by name
   */
  AlarmEvaluation evaluate(Instant now, Function<String, StateValue> states);

  default String arn() {
    return arn(name());
  }

  default StateValue state() {
    return current().value();
  }

  private static String arn(String name) {
    return Arns.of("cloudwatch", "alarm:" + name);
  }

  /**
   * The state that an alarm is in.
   *
   * @param reasonData JSON text; null if there is none
   * @param since when the state last changed
   */
  record Current(StateValue value, String reason, String reasonData, Instant since) {
    /**
     * @param before the alarm of that name, whose state is kept; null if it is new
     */
    static Current of(Alarm before, Instant now) {
      return before == null
          ? new Current(
              StateValue.INSUFFICIENT_DATA, "Unchecked: Initial alarm creation", null, now)
          : before.current();
    }
  }

  /** An alarm on one metric, or on an expression over several. */
  record OnMetric(MetricAlarm settings, Current current, AlarmMetrics figures) implements Alarm {
    static OnMetric create(
        PutMetricAlarmRequest request, Alarm before, MetricSources metrics, Instant now) {
      MetricAlarm settings =
          SdkMembers.copy(request, MetricAlarm.builder())
              .alarmArn(Alarm.arn(request.alarmName()))
              .actionsEnabled(!Boolean.FALSE.equals(request.actionsEnabled()))
              .alarmConfigurationUpdatedTimestamp(now)
              .build();
      return new OnMetric(settings, Current.of(before, now), AlarmMetrics.of(settings, metrics));
    }

    @Override
    public String name() {
      return settings.alarmName();
    }

    @Override
    public AlarmType type() {
      return AlarmType.METRIC_ALARM;
    }

    @Override
    public Alarm withCurrent(Current state) {
      return new OnMetric(settings, state, figures);
    }

    MetricAlarm describe() {
      return settings.toBuilder()
          .stateValue(current.value())
          .stateReason(current.reason())
          .stateReasonData(current.reasonData())
          .stateUpdatedTimestamp(current.since())
          .stateTransitionedTimestamp(current.since())
          .build();
    }

    @Override
    public AlarmEvaluation evaluate(Instant now, Function<String, StateValue> states) {
      return AlarmEvaluation.of(describe(), figures.last(settings.evaluationPeriods(), now));
    }
  }

  /** An alarm on the states of other alarms. */
  record Composite(CompositeAlarm settings, Current current, AlarmRule rule) implements Alarm {
    static Composite create(PutCompositeAlarmRequest request, Alarm before, Instant now) {
      CompositeAlarm settings =
          SdkMembers.copy(request, CompositeAlarm.builder())
              .alarmArn(Alarm.arn(request.alarmName()))
              .actionsEnabled(!Boolean.FALSE.equals(request.actionsEnabled()))
              .alarmConfigurationUpdatedTimestamp(now)
              .build();
      return new Composite(settings, Current.of(before, now), AlarmRule.parse(request.alarmRule()));
    }

    @Override
    public String name() {
      return settings.alarmName();
    }

    @Override
    public AlarmType type() {
      return AlarmType.COMPOSITE_ALARM;
    }

    @Override
    public Alarm withCurrent(Current state) {
      return new Composite(settings, state, rule);
    }

    CompositeAlarm describe() {
      return settings.toBuilder()
          .stateValue(current.value())
          .stateReason(current.reason())
          .stateReasonData(current.reasonData())
          .stateUpdatedTimestamp(current.since())
          .stateTransitionedTimestamp(current.since())
          .build();
    }

    @Override
    public AlarmEvaluation evaluate(Instant now, Function<String, StateValue> states) {
      boolean holds = rule.holds(states);
      return new AlarmEvaluation(
          holds ? StateValue.ALARM : StateValue.OK,
          "%s: the rule %s %s"
              .formatted(name(), settings.alarmRule(), holds ? "holds" : "does not"),
          null);
    }
  }
}
