package io.crossfade.traffic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Verdict;
import jakarta.inject.Named;
import java.time.Instant;

/** Waits until the old group has been seen to get no requests. */
@Named("check-drain")
public class CheckDrainHandler implements RequestHandler<Invocation, Deployment> {
  private final Rules rules;
  private final RequestCounts counts;

  public CheckDrainHandler(Rules rules, RequestCounts counts) {
    this.rules = rules;
    this.counts = counts;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = in.document();
    Rule rule = rules.read(deployment.release().ruleArn());
    Instant settled = deployment.progress().since().plusSeconds(deployment.pace().settleSeconds());
    Verdict verdict =
        Drain.decide(
            deployment,
            rule,
            counts.between(rule, deployment.target(), settled, in.now()),
            in.now());
    return deployment.decided(verdict, in.now());
  }
}
