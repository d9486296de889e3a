package io.crossfade.approval;

import io.crossfade.fleet.CanaryHealth;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.gate.AlarmReader;
import io.crossfade.gate.AnswerCounts;
import io.crossfade.gate.WatchedAlarms;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.traffic.Drift;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import io.crossfade.traffic.RequestCounts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Reads what the approver decides on. It fails if somebody else has changed the rule. */
@ApplicationScoped
public class EvidenceReader {
  private final ListenerRules rules;
  private final TargetHealth health;
  private final AlarmReader alarms;
  private final RequestCounts counts;
  private final AnswerCounts answers;

  public EvidenceReader(
      ListenerRules rules,
      TargetHealth health,
      AlarmReader alarms,
      RequestCounts counts,
      AnswerCounts answers) {
    this.rules = rules;
    this.health = health;
    this.alarms = alarms;
    this.counts = counts;
    this.answers = answers;
  }

  Evidence of(Deployment deployment, Instant now) {
    ListenerRule rule = rules.read(deployment.release().ruleArn());
    Drift.of(deployment, rule)
        .ifPresent(
            drift -> {
              throw new PermanentFailure(drift);
            });
    Instant first = deployment.progress().trafficSince();
    Instant since = first == null ? deployment.progress().since() : first;
    CanaryHealth canary = health.ofCanary(deployment);
    return new Evidence(
        deployment.progress().weights(),
        canary.healthy(),
        canary.needed(),
        WatchedAlarms.by(deployment, alarms, answers, now),
        counts.since(rule, deployment.target(), since, now),
        since);
  }
}
