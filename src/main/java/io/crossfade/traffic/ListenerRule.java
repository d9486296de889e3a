package io.crossfade.traffic;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Arn;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A listener rule. Its actions are kept as AWS describes them, because a change has to send all of
 * them back (ELBv2 API reference, ModifyRule: "you must provide the entire list").
 *
 * @param isDefault the listener's default rule, which is changed through the listener
 */
public record ListenerRule(String arn, boolean isDefault, List<Map<String, Object>> actions) {
  public ListenerRule {
    requireNonNull(arn);
    actions = List.copyOf(actions);
  }

  /** Empty for a rule that redirects or answers by itself. */
  public Optional<ForwardAction> forward() {
    return actions.stream().filter(ListenerRule::forwards).findFirst().map(ForwardAction::of);
  }

  private static boolean forwards(Map<String, Object> action) {
    return "forward".equals(action.get("Type"));
  }

  /** Every action as it is; in the forward action only the two weights differ. */
  public ListenerRule divided(String stable, String canary, Weights weights) {
    List<Map<String, Object>> changed = new ArrayList<>();
    for (Map<String, Object> action : actions) {
      changed.add(
          forwards(action)
              ? ForwardAction.of(action).divided(stable, canary, weights).action()
              : action);
    }
    return new ListenerRule(arn, isDefault, changed);
  }

  /** The same between the two groups of a release. */
  ListenerRule divided(DeploymentTarget target, Weights weights) {
    return divided(target.stable().targetGroupArn(), target.canary().targetGroupArn(), weights);
  }

  public ListenerRule withActions(List<Map<String, Object>> others) {
    return new ListenerRule(arn, isDefault, others);
  }

  /** Of the listener that it belongs to. */
  public String listenerArn() {
    return Arn.listener(arn);
  }
}
