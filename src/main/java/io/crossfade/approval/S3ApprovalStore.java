package io.crossfade.approval;

import io.crossfade.aws.StateBucket;
import io.crossfade.aws.StateBucket.Stored;
import io.crossfade.gate.Alarm;
import io.crossfade.slack.PostedMessage;
import io.crossfade.traffic.RequestTotals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * {@code approvals/<nonce>.json} and {@code deployments/<id>/approval.json} in the state bucket.
 */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      PendingApproval.class,
      Decision.class,
      Evidence.class,
      PostedApproval.class,
      Alarm.class,
      PostedMessage.class,
      RequestTotals.class,
      RequestTotals.Count.class
    })
public class S3ApprovalStore implements ApprovalStore {
  private final StateBucket state;

  public S3ApprovalStore(StateBucket state) {
    this.state = state;
  }

  @Override
  public void keep(PendingApproval pending) {
    state.create(key(pending.nonce()), pending);
  }

  @Override
  public Optional<Kept> find(String nonce) {
    return state
        .find(key(nonce), PendingApproval.class)
        .map(stored -> new Kept(stored.document(), stored.version()));
  }

  @Override
  public boolean replace(Kept found, PendingApproval next) {
    return state.replace(key(next.nonce()), next, found.version());
  }

  @Override
  public void posted(String deploymentId, PostedApproval asked) {
    state.put(askedKey(deploymentId), asked);
  }

  @Override
  public Optional<PostedApproval> asked(String deploymentId) {
    return state.find(askedKey(deploymentId), PostedApproval.class).map(Stored::document);
  }

  private static String key(String nonce) {
    return "approvals/%s.json".formatted(nonce);
  }

  private static String askedKey(String deploymentId) {
    return "deployments/%s/approval.json".formatted(deploymentId);
  }
}
