package io.crossfade.gate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** CloudWatch alarms. */
public interface AlarmReader {
  /**
   * The metric alarms with one of these dimensions, and those with one of the names, of whatever
   * type. A name that CloudWatch does not know is not in the answer: it gives no error. All alarms
   * of the account are read for it.
   *
   * @param dimensions {@code targetgroup/<name>/<id>} for all metrics of a target group, {@code
   *     app/<name>/<id>} for the 5xx that the load balancer itself answers
   */
  List<Alarm> watching(List<String> dimensions, List<String> names);

  /** The alarms with one of the names, of whatever type, by as few calls as can be. */
  List<Alarm> named(List<String> names);

  /**
   * When each of the alarms last went to ALARM since then, by their histories; those that did not
   * are left out.
   */
  Map<String, Instant> firedSince(List<String> names, Instant since);
}
