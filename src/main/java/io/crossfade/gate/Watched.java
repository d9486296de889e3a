package io.crossfade.gate;

import io.crossfade.release.Deployment;
import java.util.List;

/** The alarms that a deployment watches: of both target groups, and those its release names. */
public final class Watched {
  private Watched() {}

  public static List<Alarm> by(Deployment deployment, Alarms alarms) {
    List<String> groups =
        List.of(deployment.target().live().dimension(), deployment.target().idle().dimension());
    return alarms.watching(groups, deployment.release().alarms());
  }
}
