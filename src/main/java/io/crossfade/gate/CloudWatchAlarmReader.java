package io.crossfade.gate;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.TransientFailure;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * Alarms by the CloudWatch API. Without {@code AlarmTypes} it answers metric alarms only, so every
 * type that this SDK can read is asked for; every page is read.
 */
@Adapter
public class CloudWatchAlarmReader implements AlarmReader {
  private static final int PAGE = 100;

  /** So many are read one by one; for more, the account's history is read as one. */
  private static final int MOST_HISTORIES = 3;

  /** An account whose history is longer has seen days of other alarms' changes. */
  private static final int MOST_PAGES = 5;

  /** Metric math and Metrics Insights that name no metric (CloudWatch user guide). */
  private static final Pattern SEARCH =
      Pattern.compile("\\b(SEARCH|SELECT|INSIGHT_RULE_METRIC)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern OWN_5XX = Pattern.compile("HTTPCode_ELB_5\\w\\w_Count");

  /** Pages that are throttled now and then must not take all of the function's time. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final CloudWatchClient cloudWatch;
  private final LongSupplier nanoTime;

  @Inject
  public CloudWatchAlarmReader(CloudWatchClient cloudWatch) {
    this(cloudWatch, System::nanoTime);
  }

  CloudWatchAlarmReader(CloudWatchClient cloudWatch, LongSupplier nanoTime) {
    this.cloudWatch = cloudWatch;
    this.nanoTime = nanoTime;
  }

  @Override
  public List<Alarm> watching(List<String> dimensions, List<String> names) {
    Set<String> watched = new HashSet<>(dimensions);
    Set<String> named = new HashSet<>(names);
    return read(
        r -> {},
        alarm ->
            named.contains(alarm.alarmName()) || watches(alarm, watched) && !drivesScaling(alarm),
        alarm -> named.contains(alarm.alarmName()));
  }

  @Override
  public List<Alarm> named(List<String> names) {
    List<Alarm> found = new ArrayList<>();
    for (int from = 0; from < names.size(); from += PAGE) {
      List<String> some = names.subList(from, Math.min(from + PAGE, names.size()));
      found.addAll(read(r -> r.alarmNames(some), alarm -> true, alarm -> true));
    }
    return List.copyOf(found);
  }

  /**
   * CloudWatch answers three questions for a history a second, in the whole account. So the
   * account's is read as one where many are asked for, unless it is long.
   */
  @Override
  public Map<String, Instant> firedSince(List<String> names, Instant since) {
    long start = nanoTime.getAsLong();
    Map<String, Instant> fired = new HashMap<>();
    if (names.size() <= MOST_HISTORIES || !history(start, since, r -> {}, MOST_PAGES, fired)) {
      for (String name : names) {
        history(start, since, r -> r.alarmName(name), Integer.MAX_VALUE, fired);
      }
    }
    fired.keySet().retainAll(names);
    return Map.copyOf(fired);
  }

  /** Whether so many pages were enough. */
  private boolean history(
      long start,
      Instant since,
      Consumer<DescribeAlarmHistoryRequest.Builder> of,
      int mostPages,
      Map<String, Instant> fired) {
    return AwsCalls.call(
        () -> {
          int pages = 0;
          for (DescribeAlarmHistoryResponse page :
              cloudWatch.describeAlarmHistoryPaginator(
                  r ->
                      of.accept(
                          r.alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                              .historyItemType(HistoryItemType.STATE_UPDATE)
                              .startDate(since)
                              .maxRecords(PAGE)))) {
            requireTime(start);
            page.alarmHistoryItems().stream()
                .filter(CloudWatchAlarmReader::fired)
                .forEach(
                    item ->
                        fired.merge(
                            item.alarmName(),
                            item.timestamp(),
                            BinaryOperator.maxBy(Comparator.<Instant>naturalOrder())));
            if (++pages == mostPages && page.nextToken() != null) {
              return false;
            }
          }
          return true;
        });
  }

  /** CloudWatch writes "Alarm updated from OK to ALARM". */
  private static boolean fired(AlarmHistoryItem item) {
    return item.historySummary() != null && item.historySummary().endsWith(" to ALARM");
  }

  private List<Alarm> read(
      Consumer<DescribeAlarmsRequest.Builder> which,
      Predicate<MetricAlarm> metric,
      Predicate<CompositeAlarm> composite) {
    long start = nanoTime.getAsLong();
    List<Alarm> found = new ArrayList<>();
    AwsCalls.run(
        () -> {
          cloudWatch
              .describeAlarmsPaginator(
                  r ->
                      which.accept(
                          r.maxRecords(PAGE)
                              .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)))
              .forEach(
                  page -> {
                    requireTime(start);
                    page.metricAlarms().stream()
                        .filter(metric)
                        .map(alarm -> seen(alarm))
                        .forEach(found::add);
                    page.compositeAlarms().stream()
                        .filter(composite)
                        .map(alarm -> seen(alarm))
                        .forEach(found::add);
                  });
          return null;
        });
    return found;
  }

  private void requireTime(long start) {
    if (nanoTime.getAsLong() - start > LONGEST.toNanos()) {
      throw new TransientFailure(
          "CloudWatch took more than %d s to describe alarms".formatted(LONGEST.toSeconds()));
    }
  }

  private static boolean watches(MetricAlarm alarm, Set<String> watched) {
    return metrics(alarm).flatMap(CloudWatchAlarmReader::watchable).anyMatch(watched::contains);
  }

  /** An alarm names its metric itself, or several in the queries of its expression. */
  private static Stream<Metric> metrics(MetricAlarm alarm) {
    Metric own =
        Metric.builder().metricName(alarm.metricName()).dimensions(alarm.dimensions()).build();
    return alarm.metrics().isEmpty()
        ? Stream.of(own)
        : alarm.metrics().stream()
            .filter(query -> query.metricStat() != null)
            .map(query -> query.metricStat().metric());
  }

  /** What the load balancer answers itself has no target group (see {@link CountedRequests}). */
  private static Stream<String> watchable(Metric metric) {
    boolean ofBalancer =
        metric.metricName() != null && OWN_5XX.matcher(metric.metricName()).matches();
    return Stream.concat(
        value(metric, "TargetGroup"), ofBalancer ? value(metric, "LoadBalancer") : Stream.empty());
  }

  private static Stream<String> value(Metric metric, String dimension) {
    return metric.dimensions().stream()
        .filter(each -> each.name().equals(dimension))
        .map(Dimension::value);
  }

  /** What an alarm measures. A query that searches for its metrics may find any. */
  private static Set<String> groups(MetricAlarm alarm) {
    Stream<String> named =
        metrics(alarm).map(each -> value(each, "TargetGroup").findFirst().orElse(Alarm.BEYOND));
    Stream<String> searched =
        alarm.metrics().stream()
            .map(MetricDataQuery::expression)
            .filter(text -> text != null && SEARCH.matcher(text).find())
            .map(text -> Alarm.BEYOND);
    return Stream.concat(named, searched).collect(Collectors.toSet());
  }

  /** An alarm that a scaling policy made for itself says how busy a group is, not how well. */
  private static boolean drivesScaling(MetricAlarm alarm) {
    return alarm.alarmActions().stream().anyMatch(action -> action.contains(":scalingPolicy:"));
  }

  private static Alarm seen(MetricAlarm alarm) {
    return new Alarm(
        alarm.alarmName(),
        state(alarm.stateValueAsString()),
        alarm.evaluationStateAsString(),
        alarm.stateReason(),
        alarm.stateTransitionedTimestamp(),
        null,
        groups(alarm),
        false);
  }

  private static Alarm seen(CompositeAlarm alarm) {
    return new Alarm(
        alarm.alarmName(),
        state(alarm.stateValueAsString()),
        null,
        alarm.stateReason(),
        alarm.stateTransitionedTimestamp(),
        null,
        null,
        false);
  }

  private static Alarm.State state(String value) {
    return Stream.of(Alarm.State.values())
        .filter(state -> state.name().equals(value))
        .findFirst()
        .orElse(Alarm.State.UNKNOWN);
  }
}
