package io.crossfade.fleet;

import io.crossfade.release.ServiceState;
import java.util.List;
import java.util.Map;

/** ECS services of one cluster. */
public interface Services {
  /** By name; a service that does not exist is not in the answer. */
  Map<String, Service> find(String cluster, List<String> names);

  /**
   * @throws io.crossfade.release.PermanentFailure if ECS does not know it
   */
  Service get(String cluster, String name);

  /**
   * Asks for a task definition and a number of tasks in one call, and reads it back. The task
   * definition is only sent when it differs, because sending it starts a deployment.
   */
  void update(String cluster, ServiceState wanted);

  /** Asks for a number of tasks and nothing else, so that no deployment starts; reads it back. */
  void scale(String cluster, String service, int desiredCount);
}
