package io.crossfade.gate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Verdict;
import jakarta.inject.Named;
import java.util.List;

/** Looks at the alarms of both target groups while a step bakes. */
@Named("check-alarms")
public class CheckAlarmsHandler implements RequestHandler<Invocation, Deployment> {
  private final Alarms alarms;
  private final TargetHealth health;

  public CheckAlarmsHandler(Alarms alarms, TargetHealth health) {
    this.alarms = alarms;
    this.health = health;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    List<Alarm> found = Watched.by(in.document(), alarms);
    Deployment deployment = AlarmGate.begun(in.document(), in.now());
    int healthy = health.of(deployment.target().idle().targetGroupArn()).healthy();
    Verdict verdict =
        AlarmGate.emptied(deployment, healthy)
            .orElseGet(() -> AlarmGate.decide(deployment, found, in.now()));
    return deployment.decided(verdict, in.now());
  }
}
