package io.crossfade.gate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import jakarta.inject.Named;
import java.util.List;

/** Looks at the alarms of both target groups while a step bakes. */
@Named("check-alarms")
public class CheckAlarmsHandler implements RequestHandler<Invocation, Deployment> {
  private final Alarms alarms;

  public CheckAlarmsHandler(Alarms alarms) {
    this.alarms = alarms;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    List<Alarm> found = Watched.by(in.document(), alarms);
    Deployment deployment = AlarmGate.begun(in.document(), in.now());
    return deployment.decided(AlarmGate.decide(deployment, found, in.now()), in.now());
  }
}
