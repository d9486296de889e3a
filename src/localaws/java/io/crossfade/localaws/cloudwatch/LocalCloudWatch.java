package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Page;
import io.crossfade.localaws.sdk.SdkMembers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.*;

/**
 * CloudWatch: alarms on real metrics, evaluated every 10 seconds of world time. Alarm actions are
 * not carried out; {@link #onStateChange} registers a listener instead.
 */
public final class LocalCloudWatch implements CloudWatchClient {
  /** How often alarms are evaluated, in world time. */
  public static final Duration EVALUATION_INTERVAL = Duration.ofSeconds(10);

  private static final Logger LOG = Logger.getLogger(LocalCloudWatch.class.getName());
  private static final int MAX_PER_PAGE = 100;
  private static final int DEFAULT_PER_PAGE = 50;

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
  private static final int METRICS_PER_PAGE = 500;

  private final CustomMetrics custom;
  private final MetricSources metrics;
  private final Alarms alarms;
  private final MetricDataQueries reads;
  private final ScheduledFuture<?> evaluating;
  private final ScaledClock clock;
  private final List<Consumer<AlarmStateChange>> listeners = new CopyOnWriteArrayList<>();

  public LocalCloudWatch(ScaledClock clock, MetricSource... sources) {
    this.clock = clock;
    this.custom = new CustomMetrics(clock);
    List<MetricSource> all = new ArrayList<>(Arrays.asList(sources));
    all.add(custom);
    this.metrics = new MetricSources(clock, all);
    this.reads = new MetricDataQueries(metrics);
    this.alarms = new Alarms(clock, metrics, this::notifyListeners);
    this.evaluating = clock.every(EVALUATION_INTERVAL, alarms::evaluate);
  }

  /** Calls back after every change of an alarm's state, set or evaluated. */
  public void onStateChange(Consumer<AlarmStateChange> listener) {
    listeners.add(listener);
  }

  /**
   * Puts an alarm into ALARM for this long, in world time; then it is evaluated again. A client
   * that polls less often sees the alarm only in the history.
   */
  public void blip(String alarmName, Duration world) {
    alarms.hold(alarmName, Instant.MAX);
    alarms.set(alarmName, new AlarmEvaluation(StateValue.ALARM, "a blip of " + world, null));
    alarms.hold(alarmName, clock.now().plus(world));
    clock.after(world, alarms::evaluate);
  }

  /** Evaluates all alarms at once, and not only when it is their turn. */
  public void evaluate() {
    alarms.evaluate();
  }

  private void notifyListeners(AlarmStateChange change) {
    listeners.forEach(listener -> notifyListener(listener, change));
  }

  /** A listener that throws must not end the evaluation of alarms. */
  private static void notifyListener(Consumer<AlarmStateChange> listener, AlarmStateChange change) {
    try {
      listener.accept(change);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a listener failed on " + change, e);
    }
  }

  @Override
  public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
    alarms.put(request);
    return PutMetricAlarmResponse.builder().build();
  }

  @Override
  public PutCompositeAlarmResponse putCompositeAlarm(PutCompositeAlarmRequest request) {
    alarms.put(request);
    return PutCompositeAlarmResponse.builder().build();
  }

  @Override
  public DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
    alarms.delete(request.alarmNames());
    return DeleteAlarmsResponse.builder().build();
  }

  /** Holds until the next evaluation, as on AWS; the history keeps it. */
  @Override
  public SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
    if (request.stateValue() == null || request.stateReason() == null) {
      throw CloudWatchErrors.validation("StateValue and StateReason are required");
    }
    alarms.set(
        request.alarmName(),
        new AlarmEvaluation(
            request.stateValue(), request.stateReason(), request.stateReasonData()));
    return SetAlarmStateResponse.builder().build();
  }

  @Override
  public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
    checkEmulated(request);
    if (request.alarmNames().size() > MAX_PER_PAGE) {
      throw CloudWatchErrors.validation("AlarmNames can have at most 100 items");
    }
    if (!request.alarmNames().isEmpty() && request.alarmNamePrefix() != null) {
      throw CloudWatchErrors.of(
          "InvalidParameterCombination", "AlarmNames and AlarmNamePrefix cannot both be given");
    }
    List<Alarm> found = alarms.all().stream().filter(asked(request)).toList();
    Page<Alarm> page = page(found, request.nextToken(), request.maxRecords());
    return DescribeAlarmsResponse.builder()
        .metricAlarms(
            only(page, Alarm.OnMetric.class).stream().map(Alarm.OnMetric::describe).toList())
        .compositeAlarms(
            only(page, Alarm.Composite.class).stream().map(Alarm.Composite::describe).toList())
        .nextToken(page.next())
        .build();
  }

  private static <T> List<T> only(Page<? super T> page, Class<T> kind) {
    return page.items().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static void checkEmulated(DescribeAlarmsRequest request) {
    if (request.childrenOfAlarmName() != null
        || request.parentsOfAlarmName() != null
        || request.actionPrefix() != null) {
      throw new UnsupportedOperationException(
          "not emulated: DescribeAlarms by children, parents or action");
    }
  }

  /** Names that do not exist are silently absent; without types, composite alarms are too. */
  private static Predicate<Alarm> asked(DescribeAlarmsRequest request) {
    List<String> types = types(request.alarmTypesAsStrings());
    return alarm ->
        types.contains(alarm.type().toString())
            && (request.alarmNames().isEmpty() || request.alarmNames().contains(alarm.name()))
            && (request.alarmNamePrefix() == null
                || alarm.name().startsWith(request.alarmNamePrefix()))
            && (request.stateValue() == null || request.stateValue() == alarm.state());
  }

  private static List<String> types(List<String> asked) {
    return asked.isEmpty() ? List.of(AlarmType.METRIC_ALARM.toString()) : asked;
  }

  /** Deleted alarms keep their history, as on AWS. */
  @Override
  public DescribeAlarmHistoryResponse describeAlarmHistory(DescribeAlarmHistoryRequest request) {
    if (request.alarmContributorId() != null) {
      throw new UnsupportedOperationException("not emulated: alarm contributors");
    }
    List<AlarmHistoryItem> found =
        new ArrayList<>(alarms.history().stream().filter(asked(request)).toList());
    if (request.scanBy() != ScanBy.TIMESTAMP_ASCENDING) {
      Collections.reverse(found);
    }
    Page<AlarmHistoryItem> page = page(found, request.nextToken(), request.maxRecords());
    return DescribeAlarmHistoryResponse.builder()
        .alarmHistoryItems(page.items())
        .nextToken(page.next())
        .build();
  }

  private static Predicate<AlarmHistoryItem> asked(DescribeAlarmHistoryRequest request) {
    List<String> types = types(request.alarmTypesAsStrings());
    Instant from = request.startDate() == null ? Instant.MIN : request.startDate();
    Instant to = request.endDate() == null ? Instant.MAX : request.endDate();
    return item ->
        types.contains(item.alarmTypeAsString())
            && (request.alarmName() == null || request.alarmName().equals(item.alarmName()))
            && (request.historyItemType() == null
                || request.historyItemType() == item.historyItemType())
            && !item.timestamp().isBefore(from)
            && !item.timestamp().isAfter(to);
  }

  private static <T> Page<T> page(List<T> all, String token, Integer size) {
    if (size != null && (size < 1 || size > MAX_PER_PAGE)) {
      throw CloudWatchErrors.validation("MaxRecords is 1 to 100, found " + size);
    }
    return Page.of(
        all, token, size == null ? DEFAULT_PER_PAGE : size, CloudWatchErrors::invalidToken);
  }

  @Override
  public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
    if (request.namespace() == null || request.namespace().startsWith("AWS/")) {
      throw CloudWatchErrors.of(
          "InvalidParameterValue",
          "The value %s for parameter Namespace is invalid".formatted(request.namespace()));
    }
    custom.put(request.namespace(), request.metricData());
    return PutMetricDataResponse.builder().build();
  }

  @Override
  public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
    return reads.data(request);
  }

  @Override
  public GetMetricStatisticsResponse getMetricStatistics(GetMetricStatisticsRequest request) {
    return new MetricStatistics(metrics).data(request);
  }

  @Override
  public ListMetricsResponse listMetrics(ListMetricsRequest request) {
    SdkMembers.requireOnly(request, "Namespace", "MetricName", "Dimensions", "NextToken");
    List<Metric> found = metrics.all().stream().filter(asked(request)).toList();
    Page<Metric> page =
        Page.of(found, request.nextToken(), METRICS_PER_PAGE, CloudWatchErrors::invalidToken);
    return ListMetricsResponse.builder().metrics(page.items()).nextToken(page.next()).build();
  }

  private static Predicate<Metric> asked(ListMetricsRequest request) {
    return metric ->
        (request.namespace() == null || request.namespace().equals(metric.namespace()))
            && (request.metricName() == null || request.metricName().equals(metric.metricName()))
            && request.dimensions().stream().allMatch(filter -> has(metric, filter));
  }

  private static boolean has(Metric metric, DimensionFilter filter) {
    return metric.dimensions().stream()
        .filter(dimension -> dimension.name().equals(filter.name()))
        .anyMatch(d -> filter.value() == null || filter.value().equals(d.value()));
  }

  @Override
  public String serviceName() {
    return "monitoring";
  }

  @Override
  public void close() {
    evaluating.cancel(false);
  }
}
