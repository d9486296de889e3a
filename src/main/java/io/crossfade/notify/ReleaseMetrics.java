package io.crossfade.notify;

import io.crossfade.release.Deployment;
import io.crossfade.release.Restoration;
import io.crossfade.report.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A release that has ended as one line of CloudWatch's embedded metric format, of which CloudWatch
 * Logs makes metrics (CloudWatch User Guide, Specification: Embedded metric format). No dimension
 * grows with the number of releases; what does, is a property that can be searched.
 */
final class ReleaseMetrics {
  static final String NAMESPACE = "Crossfade";

  private ReleaseMetrics() {}

  /**
   * @param stack which deployer it was
   */
  static Map<String, Object> ended(
      String stack, Outcome outcome, Deployment deployment, Instant now) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Map<String, String>> metrics = new ArrayList<>();
    add(metrics, values, "Releases", "Count", 1L);
    if (deployment.snapshot() != null) {
      add(metrics, values, "Duration", "Seconds", seconds(deployment.snapshot().takenAt(), now));
    }
    Restoration restoration = deployment.restoration();
    if (restoration != null && restoration.trafficSince() != null) {
      long reaction = seconds(restoration.begun(), restoration.trafficSince());
      add(metrics, values, "TrafficReturn", "Seconds", reaction);
    }
    return line(stack, outcome, deployment, now, metrics, values);
  }

  /**
   * @param canary the requests of the new version
   */
  static Map<String, Object> shifted(
      String stack, Outcome outcome, Deployment deployment, Samples.Count canary, Instant now) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Map<String, String>> metrics = new ArrayList<>();
    add(metrics, values, "RequestsShifted", "Count", canary.requests());
    add(metrics, values, "RequestsFailed", "Count", canary.failed());
    return line(stack, outcome, deployment, now, metrics, values);
  }

  private static Map<String, Object> line(
      String stack,
      Outcome outcome,
      Deployment deployment,
      Instant now,
      List<Map<String, String>> metrics,
      Map<String, Object> values) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    dimensions.put("Stack", stack);
    dimensions.put("Outcome", outcome.label());
    dimensions.put(
        "Service",
        deployment.release() == null ? "unknown" : deployment.release().baseServiceName());
    List<List<String>> sets = new ArrayList<>();
    sets.add(List.of("Stack", "Outcome"));
    sets.add(List.of("Stack", "Service", "Outcome"));
    TurnBackCause.of(deployment)
        .ifPresent(
            cause -> {
              dimensions.put("Cause", cause.label());
              sets.add(List.of("Stack", "Cause"));
            });
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(
        "_aws",
        Map.of(
            "Timestamp",
            now.toEpochMilli(),
            "CloudWatchMetrics",
            List.of(Map.of("Namespace", NAMESPACE, "Dimensions", sets, "Metrics", metrics))));
    line.putAll(dimensions);
    line.putAll(values);
    line.put("deployment", deployment.id());
    return line;
  }

  private static void add(
      List<Map<String, String>> metrics,
      Map<String, Object> values,
      String name,
      String unit,
      long value) {
    metrics.add(Map.of("Name", name, "Unit", unit));
    values.put(name, value);
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }
}
