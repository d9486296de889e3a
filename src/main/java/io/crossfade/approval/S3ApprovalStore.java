package io.crossfade.approval;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.StateBucket;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.RequestTotals;
import io.crossfade.release.Comparison;
import io.crossfade.release.Versioned;
import io.crossfade.slack.PostedMessage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;

/**
 * {@code approvals/<nonce>.json} and {@code deployments/<id>/approval.json} in the state bucket.
 */
@Adapter
@RegisterForReflection(
    targets = {
      PendingApproval.class,
      ApprovalDecision.class,
      Evidence.class,
      PostedApproval.class,
      Alarm.class,
      PostedMessage.class,
      RequestTotals.class,
      RequestTotals.Count.class,
      Comparison.class
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
  public Optional<Versioned<PendingApproval>> find(String nonce) {
    return state.find(key(nonce), PendingApproval.class);
  }

  @Override
  public Optional<Versioned<PendingApproval>> replace(
      Versioned<PendingApproval> found, PendingApproval next) {
    return state.replace(key(next.nonce()), next, found.version());
  }

  @Override
  public void posted(String deploymentId, PostedApproval asked) {
    state.put(askedKey(deploymentId), asked);
  }

  @Override
  public Optional<PostedApproval> asked(String deploymentId) {
    return state.find(askedKey(deploymentId), PostedApproval.class).map(Versioned::document);
  }

  private static String key(String nonce) {
    return "approvals/%s.json".formatted(nonce);
  }

  private static String askedKey(String deploymentId) {
    return StateBucket.key(deploymentId, "approval.json");
  }
}
