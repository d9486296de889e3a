package io.crossfade.gate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** CloudWatch alarms. */
public interface AlarmReader {
  /**
   * The metric alarms with a dimension on one of the target groups, and those with one of the
   * names, of whatever type. A name that CloudWatch does not know is not in the answer: it gives no
   * error. All alarms of the account are read for it.
   *
   * @param targetGroupDimensions {@code targetgroup/<name>/<id>}
   */
  List<Alarm> watching(List<String> targetGroupDimensions, List<String> names);

  /** The alarms with one of the names, of whatever type, by as few calls as can be. */
  List<Alarm> named(List<String> names);

  /**
   * When each of the alarms last went to ALARM since then, by their histories; those that did not
   * are left out.
   */
  Map<String, Instant> firedSince(List<String> names, Instant since);
}
