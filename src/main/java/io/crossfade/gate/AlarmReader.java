package io.crossfade.gate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** CloudWatch alarms. */
public interface AlarmReader {
  /**
   * The metric alarms with a dimension on one of the target groups, and those with one of the
   * names, of whatever type. A name that CloudWatch does not know is not in the answer: it gives no
   * error.
   *
   * @param targetGroupDimensions {@code targetgroup/<name>/<id>}
   */
  List<Alarm> watching(List<String> targetGroupDimensions, List<String> names);

  /** When the alarm last went to ALARM since then, by its history; empty if it did not. */
  Optional<Instant> firedSince(String name, Instant since);
}
