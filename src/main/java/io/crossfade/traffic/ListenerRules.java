package io.crossfade.traffic;

import java.util.List;
import java.util.Map;

/** The load balancer's rules. */
public interface ListenerRules {
  /**
   * @throws io.crossfade.release.PermanentFailure if there is no such rule: one that was made anew
   *     has another ARN
   */
  ListenerRule read(String ruleArn);

  /** Paths of what a change of the rule would lose, because this version cannot send it. */
  List<String> unknownFields(ListenerRule rule);

  /** Sends all the actions, then reads the rule again until it shows them. */
  void write(ListenerRule rule);

  /** Whether two lists of actions mean the same, however AWS happened to write them. */
  static boolean same(List<Map<String, Object>> left, List<Map<String, Object>> right) {
    return CanonicalActions.actions(left).equals(CanonicalActions.actions(right));
  }
}
