package io.crossfade.traffic;

import io.crossfade.release.Target;
import java.time.Instant;
import java.util.List;

/** How many requests the two target groups got. */
public interface RequestCounts {
  /** The whole minutes that lie between the two instants, oldest first. */
  List<Minute> between(Rule rule, Target target, Instant from, Instant to);
}
