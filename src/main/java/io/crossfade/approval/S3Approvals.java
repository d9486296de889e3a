package io.crossfade.approval;

import io.crossfade.aws.StateBucket;
import io.crossfade.aws.StateBucket.Stored;
import io.crossfade.gate.Alarm;
import io.crossfade.slack.Posted;
import io.crossfade.traffic.Totals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * {@code approvals/<nonce>.json} and {@code deployments/<id>/approval.json} in the state bucket.
 */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      Pending.class,
      Decision.class,
      Evidence.class,
      Asked.class,
      Alarm.class,
      Posted.class,
      Totals.class,
      Totals.Count.class
    })
public class S3Approvals implements Approvals {
  private final StateBucket state;

  public S3Approvals(StateBucket state) {
    this.state = state;
  }

  @Override
  public void keep(Pending pending) {
    state.create(key(pending.nonce()), pending);
  }

  @Override
  public Optional<Kept> find(String nonce) {
    return state
        .find(key(nonce), Pending.class)
        .map(stored -> new Kept(stored.document(), stored.version()));
  }

  @Override
  public boolean replace(Kept found, Pending next) {
    return state.replace(key(next.nonce()), next, found.version());
  }

  @Override
  public void posted(String deploymentId, Asked asked) {
    state.put(askedKey(deploymentId), asked);
  }

  @Override
  public Optional<Asked> asked(String deploymentId) {
    return state.find(askedKey(deploymentId), Asked.class).map(Stored::document);
  }

  private static String key(String nonce) {
    return "approvals/%s.json".formatted(nonce);
  }

  private static String askedKey(String deploymentId) {
    return "deployments/%s/approval.json".formatted(deploymentId);
  }
}
