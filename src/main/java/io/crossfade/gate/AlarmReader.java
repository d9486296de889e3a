package io.crossfade.gate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** CloudWatch alarms. */
public interface AlarmReader {
  /**
   * The metric alarms with one of these dimensions, and those with one of the names, of whatever
   * type. A name that CloudWatch does not know is not in the answer: it gives no error.
   *
   * @param dimensions {@code targetgroup/<name>/<id>} for all metrics of a target group, {@code
   *     app/<name>/<id>} for the 5xx that the load balancer itself answers
   */
  List<Alarm> watching(List<String> dimensions, List<String> names);

  /** When the alarm last went to ALARM since then, by its history; empty if it did not. */
  Optional<Instant> firedSince(String name, Instant since);
}
