package io.crossfade.traffic;

import io.crossfade.release.DeploymentTarget;
import java.time.Instant;
import java.util.List;

/** How many requests the two target groups got. */
public interface RequestCounts {
  /** The whole minutes that lie between the two instants, oldest first. */
  List<RequestMinute> between(ListenerRule rule, DeploymentTarget target, Instant from, Instant to);

  /** All that CloudWatch has counted since then; the last minutes may still be missing. */
  RequestTotals since(ListenerRule rule, DeploymentTarget target, Instant from, Instant to);
}
