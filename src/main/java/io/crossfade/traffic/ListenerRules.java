package io.crossfade.traffic;

import io.crossfade.release.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The load balancer's rules. */
public interface ListenerRules {
  /**
   * @throws io.crossfade.release.PermanentFailure if there is no such rule: one that was made anew
   *     has another ARN
   */
  ListenerRule read(String ruleArn);

  /** The test rule of a release; empty if it has none. */
  default Optional<ListenerRule> readTest(Release release) {
    return Optional.ofNullable(release.testRuleArn()).map(this::read);
  }

  /** Paths of what a change of the rule would lose, because this version cannot send it. */
  List<String> unknownFields(ListenerRule rule);

  /** Sends all the actions, then reads the rule again until it shows them. */
  void write(ListenerRule rule);

  /**
   * Writes what is not there already.
   *
   * @param shown the rule as read just now
   */
  default void change(ListenerRule shown, ListenerRule wanted) {
    if (!same(shown.actions(), wanted.actions())) {
      write(wanted);
    }
  }

  /** Whether two lists of actions mean the same, however AWS happened to write them. */
  static boolean same(List<Map<String, Object>> left, List<Map<String, Object>> right) {
    return CanonicalActions.actions(left).equals(CanonicalActions.actions(right));
  }

  /** Actions in a few words: their types, and of a forward the groups. */
  static String describe(List<Map<String, Object>> actions) {
    return actions.stream().map(ListenerRules::describe).collect(Collectors.joining(", then "));
  }

  private static String describe(Map<String, Object> action) {
    if (!"forward".equals(action.get("Type"))) {
      return String.valueOf(action.get("Type"));
    }
    ForwardAction forward = ForwardAction.of(action);
    int sticky = forward.stickySeconds();
    return "forward to "
        + forward.sentence()
        + (sticky == 0 ? "" : " (sticky for %d s)".formatted(sticky));
  }
}
