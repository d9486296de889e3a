package io.crossfade.localaws.elb;

import io.crossfade.localaws.cloudwatch.MetricDatapoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;

/** One metric of one resource, in buckets of one second of world time. */
final class MetricSeries {
  /** As long as CloudWatch keeps high-resolution data, and far longer than a rehearsal. */
  private static final long KEPT_SECONDS = 86_400;

  private final ConcurrentSkipListMap<Long, Bucket> buckets = new ConcurrentSkipListMap<>();
  private final DoubleAdder total = new DoubleAdder();
  private final boolean keepsValues;

  MetricSeries(boolean keepsValues) {
    this.keepsValues = keepsValues;
  }

  void add(Instant at, double value) {
    total.add(value);
    long second = at.getEpochSecond();
    Bucket bucket = buckets.get(second);
    if (bucket == null) {
      buckets.headMap(second - KEPT_SECONDS).clear();
      bucket = buckets.computeIfAbsent(second, unused -> new Bucket());
    }
    bucket.add(value, keepsValues);
  }

  double total() {
    return total.sum();
  }

  List<MetricDatapoint> between(Instant from, Instant to) {
    long first = from.getNano() == 0 ? from.getEpochSecond() : from.getEpochSecond() + 1;
    long end = to.getNano() == 0 ? to.getEpochSecond() : to.getEpochSecond() + 1;
    if (first >= end) {
      return List.of();
    }
    return buckets.subMap(first, end).entrySet().stream()
        .map(entry -> entry.getValue().datum(Instant.ofEpochSecond(entry.getKey())))
        .toList();
  }

  private static final class Bucket {
    private final List<Double> values = new ArrayList<>();
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private int count;

    synchronized void add(double value, boolean keep) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      count++;
      if (keep) {
        values.add(value);
      }
    }

    synchronized MetricDatapoint datum(Instant at) {
      return new MetricDatapoint(at, sum, min, max, count, values);
    }
  }
}
