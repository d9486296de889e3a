package io.crossfade.check;

import io.crossfade.release.Deployment;
import io.crossfade.release.ReleaseCheck;

/** Tasks of the new version beside its service. */
interface OneOffTasks {
  /**
   * Starts one, or finds the one that was started for the same check of the same deployment.
   *
   * @return its ARN
   * @throws io.crossfade.release.TransientFailure if there is no room for it now
   */
  String start(Deployment deployment, ReleaseCheck.Task task);

  CheckResult look(String cluster, String arn, ReleaseCheck.Task task);

  /** What has stopped already stays so; what cannot be stopped is only logged. */
  void stop(String cluster, String arn);
}
