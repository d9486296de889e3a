package io.crossfade.traffic;

import java.util.List;
import java.util.Map;

/** The load balancer's rules. */
public interface Rules {
  /**
   * @throws io.crossfade.release.PermanentFailure if there is no such rule: one that was made anew
   *     has another ARN
   */
  Rule read(String ruleArn);

  /** Sends all the actions, then reads the rule again until it shows them. */
  void write(Rule rule);

  /** Whether two lists of actions mean the same, however AWS happened to write them. */
  static boolean same(List<Map<String, Object>> left, List<Map<String, Object>> right) {
    return Canonical.actions(left).equals(Canonical.actions(right));
  }
}
