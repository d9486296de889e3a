package io.crossfade.fleet;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.command.CommandLook;
import io.crossfade.command.CommandStage;
import io.crossfade.command.Commanded;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import jakarta.inject.Named;
import java.util.List;

/** Looks at the new version: ECS's own view of it, and the load balancer's. */
@Named("check-health")
@Handler
public class CheckHealthHandler implements RequestHandler<Invocation, Deployment> {
  private final Services services;
  private final TargetHealth health;
  private final CommandLook commands;

  public CheckHealthHandler(Services services, TargetHealth health, CommandLook commands) {
    this.services = services;
    this.health = health;
    this.commands = commands;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = in.document();
    String name = deployment.target().canary().service();
    Service canary = services.find(deployment.target().cluster(), List.of(name)).get(name);
    HealthPolicy.Result result =
        HealthPolicy.decide(deployment, canary, health.ofCanary(deployment), in.now());
    Commanded<HealthPolicy.Action> decided =
        commands.decide(
            deployment.with(deployment.progress().withPasses(result.passes())),
            CommandStage.STARTING,
            in.now(),
            HealthPolicy.Action.ROLL_BACK,
            told -> result.decision());
    return decided.deployment().recordDecision(decided.decision(), in.now());
  }
}
