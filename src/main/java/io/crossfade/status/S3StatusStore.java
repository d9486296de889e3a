package io.crossfade.status;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.StateBucket;
import io.crossfade.notify.Outcome;
import io.crossfade.release.Versioned;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code deployments/<id>/status.json} in the state bucket. By S3's event and a rule of the
 * template, whoever writes it calls the function that shows it.
 */
@Adapter
@RegisterForReflection(targets = {ReleaseStatus.class, Outcome.class})
public class S3StatusStore implements StatusStore {
  /** With its retries; a release does not wait longer for what is only to be shown. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final StateBucket state;

  public S3StatusStore(StateBucket state) {
    this.state = state;
  }

  @Override
  public void put(ReleaseStatus status) {
    state.putWithin(PATIENCE, key(status.deployment().id()), status);
  }

  @Override
  public Optional<ReleaseStatus> find(String deploymentId) {
    return state.find(key(deploymentId), ReleaseStatus.class).map(Versioned::document);
  }

  private static String key(String deploymentId) {
    return StateBucket.key(deploymentId, "status.json");
  }
}
