package io.crossfade.approval;

import io.crossfade.fleet.TargetHealth;
import io.crossfade.gate.Alarms;
import io.crossfade.gate.Watched;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.traffic.Drift;
import io.crossfade.traffic.RequestCounts;
import io.crossfade.traffic.Rule;
import io.crossfade.traffic.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * Looks at everything once more for whoever decides; a rule of somebody else is not asked about.
 */
@ApplicationScoped
public class EvidenceSurvey {
  private final Rules rules;
  private final TargetHealth health;
  private final Alarms alarms;
  private final RequestCounts counts;

  public EvidenceSurvey(Rules rules, TargetHealth health, Alarms alarms, RequestCounts counts) {
    this.rules = rules;
    this.health = health;
    this.alarms = alarms;
    this.counts = counts;
  }

  Evidence of(Deployment deployment, Instant now) {
    Rule rule = rules.read(deployment.release().ruleArn());
    Drift.of(deployment, rule)
        .ifPresent(
            drift -> {
              throw new PermanentFailure(drift);
            });
    Instant first = deployment.progress().trafficSince();
    Instant since = first == null ? deployment.progress().since() : first;
    return new Evidence(
        deployment.progress().weights(),
        health.of(deployment.target().idle().targetGroupArn()).healthy(),
        deployment.progress().capacity(),
        Watched.by(deployment, alarms),
        counts.since(rule, deployment.target(), since, now),
        since);
  }
}
