package io.crossfade.status;

import java.util.Optional;

/** The last status of each deployment. */
public interface StatusStore {
  /**
   * Stores it, and thereby has it shown. Gives up after {@link S3StatusStore#PATIENCE}.
   *
   * @throws RuntimeException if it could not be stored in time
   */
  void put(ReleaseStatus status);

  Optional<ReleaseStatus> find(String deploymentId);
}
