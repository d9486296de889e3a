package io.crossfade.rollback;

import io.crossfade.fleet.ScalingTargets;
import io.crossfade.fleet.Services;
import io.crossfade.release.Deployment;
import io.crossfade.traffic.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads everything that a restore compares. */
@ApplicationScoped
public class Survey {
  private final Rules rules;
  private final Services services;
  private final ScalingTargets scaling;

  public Survey(Rules rules, Services services, ScalingTargets scaling) {
    this.rules = rules;
    this.services = services;
    this.scaling = scaling;
  }

  public Now of(Deployment deployment) {
    String cluster = deployment.target().cluster();
    List<String> names =
        List.of(deployment.target().live().service(), deployment.target().idle().service());
    return new Now(
        rules.read(deployment.release().ruleArn()),
        services.find(cluster, names),
        scaling.of(cluster, names));
  }
}
