package io.crossfade.traffic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One way of writing a rule's actions, so that two descriptions of the same rule are equal. */
final class CanonicalActions {
  private CanonicalActions() {}

  static List<Map<String, Object>> actions(List<Map<String, Object>> actions) {
    return actions.stream().map(CanonicalActions::action).toList();
  }

  private static Map<String, Object> action(Map<String, Object> action) {
    if (!"forward".equals(action.get("Type"))) {
      return withoutSecret(action);
    }
    Map<String, Object> canonical = new LinkedHashMap<>(action);
    Map<String, Integer> groups = new TreeMap<>();
    ForwardAction forward = ForwardAction.of(action);
    // A group that is alone gets everything, whatever its weight says.
    boolean alone = forward.groups().size() == 1;
    forward.groups().forEach(g -> groups.put(g.targetGroupArn(), alone ? 1 : g.weight()));
    canonical.remove("TargetGroupArn");
    canonical.remove("Order");
    canonical.put("ForwardConfig", Map.of("groups", groups, "sticky", forward.stickySeconds()));
    return canonical;
  }

  /** How a client secret is sent, or kept, is no part of what a rule does. */
  private static Map<String, Object> withoutSecret(Map<String, Object> action) {
    if (!(action.get("AuthenticateOidcConfig") instanceof Map<?, ?> oidc)) {
      return action;
    }
    Map<Object, Object> config = new LinkedHashMap<>(oidc);
    config.keySet().removeAll(Set.of("ClientSecret", "UseExistingClientSecret"));
    Map<String, Object> canonical = new LinkedHashMap<>(action);
    canonical.put("AuthenticateOidcConfig", config);
    return canonical;
  }
}
