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
  private final AlarmReader alarms;
  private final TargetHealth health;

  public CheckAlarmsHandler(AlarmReader alarms, TargetHealth health) {
    this.alarms = alarms;
    this.health = health;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    List<Alarm> found = WatchedAlarms.by(in.document(), alarms);
    Deployment deployment = AlarmPolicy.begun(in.document(), in.now());
    int healthy = health.of(deployment.target().canary().targetGroupArn()).healthy();
    Verdict verdict =
        AlarmPolicy.emptied(deployment, healthy)
            .orElseGet(() -> AlarmPolicy.decide(deployment, found, in.now()));
    return deployment.decided(verdict, in.now());
  }
}
