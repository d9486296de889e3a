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
  private static final String SNAPSHOT = "snapshot.json";
  private static final String FINISHING = "finishing.json";

  private final StateBucket state;

  public S3SnapshotStore(StateBucket state) {
    this.state = state;
  }

  @Override
  public void save(Deployment deployment) {
    state.put(StateBucket.key(deployment.id(), SNAPSHOT), deployment);
  }

  @Override
  public void passed(Deployment deployment) {
    state.put(StateBucket.key(deployment.id(), FINISHING), deployment);
  }

  @Override
  public boolean isPassed(Deployment deployment) {
    return findFinishing(deployment.id()).isPresent();
  }

  @Override
  public Optional<Deployment> find(String id) {
    return find(id, SNAPSHOT);
  }

  @Override
  public Optional<Deployment> findFinishing(String id) {
    return find(id, FINISHING);
  }

  private Optional<Deployment> find(String id, String document) {
    return state.find(StateBucket.key(id, document), Deployment.class).map(Versioned::document);
  }
}
