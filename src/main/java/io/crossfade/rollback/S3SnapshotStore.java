package io.crossfade.rollback;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.StateBucket;
import io.crossfade.fleet.PointOfNoReturn;
import io.crossfade.release.Deployment;
import io.crossfade.release.Versioned;
import java.util.Optional;

/** {@code deployments/<id>/snapshot.json} and {@code finishing.json} in the state bucket. */
@Adapter
public class S3SnapshotStore implements SnapshotStore, PointOfNoReturn {
  private final StateBucket state;

  public S3SnapshotStore(StateBucket state) {
    this.state = state;
  }

  @Override
  public void save(Deployment deployment) {
    state.put(key(deployment.id()), deployment);
  }

  @Override
  public void passed(Deployment deployment) {
    state.put(finishingKey(deployment.id()), deployment);
  }

  @Override
  public boolean isPassed(Deployment deployment) {
    return findFinishing(deployment.id()).isPresent();
  }

  @Override
  public Optional<Deployment> find(String id) {
    return state.find(key(id), Deployment.class).map(Versioned::document);
  }

  @Override
  public Optional<Deployment> findFinishing(String id) {
    return state.find(finishingKey(id), Deployment.class).map(Versioned::document);
  }

  private static String key(String id) {
    return "deployments/%s/snapshot.json".formatted(id);
  }

  private static String finishingKey(String id) {
    return "deployments/%s/finishing.json".formatted(id);
  }
}
