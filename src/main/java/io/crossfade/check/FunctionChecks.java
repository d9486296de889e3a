package io.crossfade.check;

import io.crossfade.release.Deployment;
import io.crossfade.release.ReleaseCheck;

/** Functions of the teams' that judge a version. */
interface FunctionChecks {
  /**
   * Asks the function once.
   *
   * @param endpoint null if the release has no test rule
   * @throws io.crossfade.release.TransientFailure if it did not answer, so that it may be asked
   *     again
   */
  CheckResult invoke(Deployment deployment, ReleaseCheck check, TestEndpoint endpoint);
}
