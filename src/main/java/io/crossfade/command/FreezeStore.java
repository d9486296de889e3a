package io.crossfade.command;

import java.util.List;
import java.util.Optional;

/** The last freeze of each rule, and of all rules. */
public interface FreezeStore {
  /**
   * @param rule null for that of every rule
   */
  Optional<Freeze> find(String rule);

  /** Those that a release of that rule must heed, whether they still hold or not. */
  List<Freeze> concerning(String rule);

  void put(Freeze freeze);
}
