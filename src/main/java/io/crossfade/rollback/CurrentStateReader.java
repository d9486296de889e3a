package io.crossfade.rollback;

import io.crossfade.fleet.ScalingTargets;
import io.crossfade.fleet.Service;
import io.crossfade.fleet.Services;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Reads everything that a restore compares. */
@ApplicationScoped
public class CurrentStateReader {
  private final ListenerRules rules;
  private final Services services;
  private final ScalingTargets scaling;

  public CurrentStateReader(ListenerRules rules, Services services, ScalingTargets scaling) {
    this.rules = rules;
    this.services = services;
    this.scaling = scaling;
  }

  public CurrentState of(Deployment deployment) {
    return of(deployment, rules.read(deployment.release().ruleArn()));
  }

  /**
   * @param rule read just now
   */
  CurrentState of(Deployment deployment, ListenerRule rule) {
    return new CurrentState(
        rule,
        testRule(deployment),
        servicesOf(deployment),
        scaling.of(deployment.target().cluster(), names(deployment)));
  }

  /** One that somebody has deleted must not stand in the way of everything else. */
  private ListenerRule testRule(Deployment deployment) {
    try {
      return rules.readTest(deployment.release()).orElse(null);
    } catch (PermanentFailure gone) {
      return null;
    }
  }

  /** By name; one that ECS does not know is not in it. */
  Map<String, Service> servicesOf(Deployment deployment) {
    return services.find(deployment.target().cluster(), names(deployment));
  }

  private static List<String> names(Deployment deployment) {
    return List.of(deployment.target().stable().service(), deployment.target().canary().service());
  }
}
