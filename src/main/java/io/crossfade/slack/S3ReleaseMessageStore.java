package io.crossfade.slack;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.StateBucket;
import io.crossfade.release.Versioned;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;

/** {@code deployments/<id>/message.json} in the state bucket. */
@Adapter
@RegisterForReflection(targets = {ReleaseMessage.class, PostedMessage.class})
public class S3ReleaseMessageStore implements ReleaseMessageStore {
  private final StateBucket state;

  public S3ReleaseMessageStore(StateBucket state) {
    this.state = state;
  }

  @Override
  public Optional<Versioned<ReleaseMessage>> find(String deploymentId) {
    return state.find(key(deploymentId), ReleaseMessage.class);
  }

  @Override
  public boolean create(String deploymentId, ReleaseMessage message) {
    return state.create(key(deploymentId), message);
  }

  @Override
  public Optional<Versioned<ReleaseMessage>> replace(
      String deploymentId, Versioned<ReleaseMessage> found, ReleaseMessage next) {
    return state.replace(key(deploymentId), next, found.version());
  }

  private static String key(String deploymentId) {
    return StateBucket.key(deploymentId, "message.json");
  }
}
