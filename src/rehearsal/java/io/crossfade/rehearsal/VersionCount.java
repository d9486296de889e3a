package io.crossfade.rehearsal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What one version answered. */
public record VersionCount(long requests, long failed, Map<String, Long> byStatus) {
  public static final VersionCount NONE = new VersionCount(0, 0, Map.of());

  public VersionCount {
    byStatus = Collections.unmodifiableMap(new TreeMap<>(byStatus));
  }

  VersionCount plus(VisitorResponse answer) {
    Map<String, Long> statuses = new TreeMap<>(byStatus);
    statuses.merge(answer.status(), 1L, Long::sum);
    return new VersionCount(requests + 1, answer.good() ? failed : failed + 1, statuses);
  }
}
