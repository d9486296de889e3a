package io.crossfade.lock;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Deployment;
import java.time.Instant;

/**
 * The build that is live on a rule.
 *
 * @param deployment the one that released it
 * @param createdAt when it was built; null if its release did not say
 */
public record ReleasedBuild(String deployment, String imageUri, Instant createdAt) {
  public ReleasedBuild {
    requireNonNull(deployment);
    requireNonNull(imageUri);
  }

  public static ReleasedBuild of(Deployment deployment) {
    return new ReleasedBuild(
        deployment.id(), deployment.release().imageUri(), deployment.release().createdAt());
  }
}
