package io.crossfade.lock;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import java.time.Instant;

/**
 * The build that is live on a rule.
 *
 * @param deployment the one that released it
 * @param createdAt when it was built; null if its release did not say
 * @param commit what it was built of; null if its release did not say
 * @param reverted the build that was taken back for it, without one of its own; null if none was
 */
public record ReleasedBuild(
    String deployment, String imageUri, Instant createdAt, String commit, ReleasedBuild reverted) {
  public ReleasedBuild {
    requireNonNull(deployment);
    requireNonNull(imageUri);
  }

  /**
   * @param before the build that was live until then; null if none was known
   */
  public static ReleasedBuild of(Deployment deployment, ReleasedBuild before) {
    Release release = deployment.release();
    return release.revert() == null || before == null
        ? new ReleasedBuild(
            deployment.id(), release.imageUri(), release.createdAt(), release.commit(), null)
        : before.revertedBy(deployment.id(), release.imageUri());
  }

  /** What is known of a build that was taken back is known of it again once that is taken back. */
  private ReleasedBuild revertedBy(String id, String image) {
    return new ReleasedBuild(
        id,
        image,
        reverted == null ? null : reverted.createdAt,
        reverted == null ? null : reverted.commit,
        new ReleasedBuild(deployment, imageUri, createdAt, commit, null));
  }

  /** Whether it is built of the same, or not after it, as far as both are known. */
  boolean covers(Release release) {
    boolean sameImage = release.pinned() && imageUri.equals(release.imageUri());
    boolean sameCommit = commit != null && !commit.isBlank() && commit.equals(release.commit());
    boolean notNewer =
        createdAt != null && release.createdAt() != null && !release.createdAt().isAfter(createdAt);
    return sameImage || sameCommit || notNewer;
  }

  /** "run-1 (registry/backend@sha256:…)". */
  public String sentence() {
    return "%s (%s)".formatted(deployment, imageUri);
  }
}
