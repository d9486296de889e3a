package io.crossfade.fleet;

import io.crossfade.fleet.Service.Endpoint;
import io.crossfade.release.Sample;
import java.util.List;

/** The two services of the sample backend. */
public final class ServiceSample {
  private ServiceSample() {}

  public static Service stable() {
    return blue(2, 2);
  }

  public static Service canary() {
    return green(0, 0);
  }

  public static Service canary(List<Endpoint> endpoints) {
    return service("backend-green", Sample.PARKED, 0, 0, endpoints);
  }

  public static Service blue(int desired, int running) {
    return service(
        "backend-blue", Sample.OLD, desired, running, List.of(new Endpoint(Sample.BLUE, "app")));
  }

  public static Service green(int desired, int running) {
    return service(
        "backend-green",
        Sample.PARKED,
        desired,
        running,
        List.of(new Endpoint(Sample.GREEN, "app")));
  }

  public static Service service(
      String name, String definition, int desired, int running, List<Endpoint> endpoints) {
    return new Service(
        name,
        "ACTIVE",
        "ECS",
        "ROLLING",
        "REPLICA",
        definition,
        desired,
        running,
        0,
        1,
        "COMPLETED",
        "",
        0,
        endpoints);
  }

  /** Green on its way to version 2. */
  public static Service rolling(
      String definition, int running, int deployments, String rollout, int failedTasks) {
    return new Service(
        "backend-green",
        "ACTIVE",
        "ECS",
        "ROLLING",
        "REPLICA",
        definition,
        2,
        running,
        0,
        deployments,
        rollout,
        "tasks failed",
        failedTasks,
        List.of(new Endpoint(Sample.GREEN, "app")));
  }
}
