package io.crossfade.fleet;

import io.crossfade.release.ServiceState;
import java.util.List;
import java.util.Map;

/** ECS services of one cluster. */
public interface Services {
  /** By name; a service that does not exist is not in the answer. */
  Map<String, Service> find(String cluster, List<String> names);

  /**
   * By name.
   *
   * @throws io.crossfade.release.PermanentFailure if ECS does not know one of them
   */
  Map<String, Service> get(String cluster, List<String> names);

  /**
   * Asks for a task definition and a number of tasks in one call, and reads it back. The task
   * definition is only sent when it differs, because sending it starts a deployment. What is there
   * already is not asked for.
   *
   * @param shown the service as read just now
   */
  void update(String cluster, ServiceState shown, ServiceState wanted);
}
