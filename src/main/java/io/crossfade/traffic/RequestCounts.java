package io.crossfade.traffic;

import io.crossfade.release.Target;
import java.time.Instant;
import java.util.List;

/** How many requests the two target groups got. */
public interface RequestCounts {
  /** The whole minutes that lie between the two instants, oldest first. */
  List<Minute> between(Rule rule, Target target, Instant from, Instant to);

  /** All that CloudWatch has counted since then; the last minutes may still be missing. */
  Totals since(Rule rule, Target target, Instant from, Instant to);
}
