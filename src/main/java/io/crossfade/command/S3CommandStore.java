package io.crossfade.command;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.StateBucket;
import io.crossfade.release.Versioned;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;

/** {@code deployments/<id>/command.json} in the state bucket. */
@Adapter
@RegisterForReflection(targets = GivenCommand.class)
public class S3CommandStore implements CommandStore {
  private final StateBucket state;

  public S3CommandStore(StateBucket state) {
    this.state = state;
  }

  @Override
  public Optional<Versioned<GivenCommand>> last(String deployment) {
    return state.find(key(deployment), GivenCommand.class);
  }

  @Override
  public boolean give(
      String deployment, Optional<Versioned<GivenCommand>> found, GivenCommand next) {
    return found.isEmpty()
        ? state.create(key(deployment), next)
        : state.replace(key(deployment), next, found.get().version()).isPresent();
  }

  private static String key(String deployment) {
    return StateBucket.key(deployment, "command.json");
  }
}
