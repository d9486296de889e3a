package io.crossfade.rollback;

import io.crossfade.fleet.ScalingTargets;
import io.crossfade.fleet.Services;
import io.crossfade.release.Deployment;
import io.crossfade.traffic.ListenerRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

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
    String cluster = deployment.target().cluster();
    List<String> names =
        List.of(deployment.target().stable().service(), deployment.target().canary().service());
    return new CurrentState(
        rules.read(deployment.release().ruleArn()),
        services.find(cluster, names),
        scaling.of(cluster, names));
  }
}
