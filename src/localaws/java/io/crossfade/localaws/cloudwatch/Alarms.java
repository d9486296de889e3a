package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.ScaledClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** All alarms with their history. */
final class Alarms {
  private static final Logger LOG = Logger.getLogger(Alarms.class.getName());
  private static final Set<Integer> SHORT_PERIODS = Set.of(10, 20, 30);

  private final ScaledClock clock;
  private final MetricSources metrics;
  private final Map<String, Alarm> alarms = new TreeMap<>();
  private final List<AlarmHistoryItem> history = new ArrayList<>();
  private final Map<String, Instant> heldUntil = new HashMap<>();
  private final Consumer<AlarmStateChange> changed;

  Alarms(ScaledClock clock, MetricSources metrics, Consumer<AlarmStateChange> changed) {
    this.clock = clock;
    this.metrics = metrics;
    this.changed = changed;
  }

  synchronized List<Alarm> all() {
    return List.copyOf(alarms.values());
  }

  /** Oldest first. */
  synchronized List<AlarmHistoryItem> history() {
    return List.copyOf(history);
  }

  synchronized void put(PutMetricAlarmRequest request) {
    check(request);
    Alarm before = alarms.get(request.alarmName());
    if (before instanceof Alarm.Composite) {
      throw CloudWatchErrors.validation("A composite alarm has this name already");
    }
    put(Alarm.OnMetric.create(request, before, metrics, clock.now()));
  }

  private static void check(PutMetricAlarmRequest request) {
    require(request.alarmName(), "AlarmName");
    require(request.evaluationPeriods(), "EvaluationPeriods");
    require(request.comparisonOperator(), "ComparisonOperator");
    require(request.threshold(), "Threshold");
    Integer period = request.period();
    if (period != null && !SHORT_PERIODS.contains(period) && (period < 60 || period % 60 != 0)) {
      throw CloudWatchErrors.validation(
          "Period must be 10, 20, 30 or a multiple of 60, found " + period);
    }
    Integer needed = request.datapointsToAlarm();
    if (needed != null && needed > request.evaluationPeriods()) {
      throw CloudWatchErrors.validation("DatapointsToAlarm is more than EvaluationPeriods");
    }
  }

  private static void require(Object value, String name) {
    if (value == null) {
      throw CloudWatchErrors.validation(name + " is required");
    }
  }

  synchronized void put(PutCompositeAlarmRequest request) {
    require(request.alarmName(), "AlarmName");
    Alarm before = alarms.get(request.alarmName());
    if (before instanceof Alarm.OnMetric) {
      throw CloudWatchErrors.validation("A metric alarm has this name already");
    }
    Alarm.Composite created = Alarm.Composite.create(request, before, clock.now());
    for (String name : created.rule().alarms()) {
      if (!alarms.containsKey(name)) {
        throw CloudWatchErrors.validation(
            "Could not save the composite alarm as alarm %s does not exist".formatted(name));
      }
    }
    put(created);
  }

  private void put(Alarm alarm) {
    boolean isNew = alarms.put(alarm.name(), alarm) == null;
    history.add(
        item(alarm, HistoryItemType.CONFIGURATION_UPDATE, clock.now())
            .historySummary(
                "Alarm \"%s\" %s".formatted(alarm.name(), isNew ? "created" : "updated"))
            .build());
  }

  synchronized void delete(List<String> names) {
    if (!alarms.keySet().containsAll(names)) {
      throw CloudWatchErrors.of(
          "ResourceNotFound",
          "Alarm '%s' does not exist"
              .formatted(
                  names.stream()
                      .filter(name -> !alarms.containsKey(name))
                      .findFirst()
                      .orElseThrow()));
    }
    names.forEach(alarms::remove);
  }

  void set(String name, AlarmEvaluation evaluation) {
    List<AlarmStateChange> changes = new ArrayList<>();
    synchronized (this) {
      Alarm alarm = alarms.get(name);
      if (alarm == null) {
        throw CloudWatchErrors.of("ResourceNotFound", "Alarm '%s' does not exist".formatted(name));
      }
      apply(alarm, evaluation, changes);
    }
    changes.forEach(changed);
  }

  /** Keeps an alarm from being evaluated until then, so that a state that was set stays. */
  synchronized void hold(String name, Instant until) {
    heldUntil.put(name, until);
  }

  /** Composite alarms come after those they may read, and again as long as one of them moves. */
  void evaluate() {
    List<AlarmStateChange> changes = new ArrayList<>();
    synchronized (this) {
      Instant now = clock.now();
      of(Alarm.OnMetric.class).forEach(alarm -> evaluate(alarm, now, changes));
      int before;
      int rounds = 0;
      do {
        before = changes.size();
        of(Alarm.Composite.class).forEach(alarm -> evaluate(alarm, now, changes));
      } while (changes.size() > before && ++rounds < alarms.size());
    }
    changes.forEach(changed);
  }

  private Stream<Alarm> of(Class<? extends Alarm> kind) {
    return List.copyOf(alarms.values()).stream().filter(kind::isInstance);
  }

  /** An exception would end the evaluation of all alarms for good. */
  private void evaluate(Alarm alarm, Instant now, List<AlarmStateChange> changes) {
    if (now.isBefore(heldUntil.getOrDefault(alarm.name(), Instant.MIN))) {
      return;
    }
    try {
      apply(alarm, alarm.evaluate(now, this::state), changes);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "cannot evaluate alarm " + alarm.name(), e);
    }
  }

  private StateValue state(String name) {
    Alarm alarm = alarms.get(name);
    return alarm == null ? StateValue.INSUFFICIENT_DATA : alarm.state();
  }

  private void apply(Alarm alarm, AlarmEvaluation evaluation, List<AlarmStateChange> changes) {
    if (alarm.state() == evaluation.state()) {
      return;
    }
    Instant now = clock.now();
    alarms.put(alarm.name(), alarm.withCurrent(evaluation.at(now)));
    history.add(
        item(alarm, HistoryItemType.STATE_UPDATE, now)
            .historySummary(
                "Alarm updated from %s to %s".formatted(alarm.state(), evaluation.state()))
            .historyData(AlarmHistoryData.json(alarm, evaluation))
            .build());
    changes.add(
        new AlarmStateChange(
            alarm.name(),
            alarm.arn(),
            alarm.state(),
            evaluation.state(),
            evaluation.reason(),
            evaluation.reasonData(),
            now,
            alarm.current().reason(),
            alarm.current().reasonData(),
            alarm.current().since()));
  }

  private static AlarmHistoryItem.Builder item(Alarm alarm, HistoryItemType type, Instant at) {
    return AlarmHistoryItem.builder()
        .alarmName(alarm.name())
        .alarmType(alarm.type())
        .timestamp(at)
        .historyItemType(type);
  }
}
