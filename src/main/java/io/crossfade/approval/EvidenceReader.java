package io.crossfade.approval;

import io.crossfade.fleet.CanaryHealth;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.ComparedRequests;
import io.crossfade.gate.CountedRequests;
import io.crossfade.gate.RequestCounts;
import io.crossfade.gate.UnansweredRequests;
import io.crossfade.gate.WatchedAlarms;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.traffic.Drift;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Reads what the approver decides on. It fails if somebody else has changed the rule. */
@ApplicationScoped
public class EvidenceReader {
  private final ListenerRules rules;
  private final TargetHealth health;
  private final WatchedAlarms alarms;
  private final RequestCounts counts;

  public EvidenceReader(
      ListenerRules rules, TargetHealth health, WatchedAlarms alarms, RequestCounts counts) {
    this.rules = rules;
    this.health = health;
    this.alarms = alarms;
    this.counts = counts;
  }

  Evidence of(Deployment deployment, Instant now) {
    ListenerRule rule = rules.read(deployment.release().ruleArn());
    PermanentFailure.throwFor(Drift.of(deployment, rule));
    CanaryHealth canary = health.ofCanary(deployment);
    WatchedAlarms.Look look = alarms.look(deployment).requireRead();
    Instant since = deployment.progress().firstTraffic();
    CountedRequests counted = counts.between(deployment, since, now);
    Alarm unanswered =
        UnansweredRequests.judge(
            deployment.target().canary(), counted, UnansweredRequests.from(since, now));
    return new Evidence(
        deployment.progress().weights(),
        canary.healthy(),
        canary.needed(),
        look.and(unanswered).alarms(),
        counted.totals(since),
        since,
        ComparedRequests.in(counted, deployment.progress().comparison()).result());
  }
}
