package io.crossfade.traffic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import jakarta.inject.Named;

/** Finds the canary target group of the rule, and puts it in at weight 0 if it is not there. */
@Named("resolve-target-group")
@Handler
public class ResolveTargetGroupHandler implements RequestHandler<Invocation, Deployment> {
  private final LockGuard guard;
  private final ListenerRules rules;

  public ResolveTargetGroupHandler(LockGuard guard, ListenerRules rules) {
    this.guard = guard;
    this.rules = rules;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    guard.require(in);
    Deployment deployment = in.document();
    ListenerRule rule = rules.read(deployment.release().ruleArn());
    Decision<GroupAttachment.Action> decision = GroupAttachment.decide(deployment, rule);
    if (decision.action() == GroupAttachment.Action.ATTACHED) {
      rules.change(rule, GroupAttachment.attached(deployment, rule));
    }
    return deployment.recordDecision(decision, in.now());
  }
}
