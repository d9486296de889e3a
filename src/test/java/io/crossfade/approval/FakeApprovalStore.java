package io.crossfade.approval;

import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Approvals in memory, with versions as S3 has entity tags. */
public class FakeApprovalStore implements ApprovalStore {
  private final Map<String, Versioned<PendingApproval>> kept = new ConcurrentHashMap<>();
  private final Map<String, PostedApproval> asked = new ConcurrentHashMap<>();
  private final AtomicInteger versions = new AtomicInteger();
  boolean broken;
  String brokenNonce;
  Runnable beforeReplace = () -> {};

  @Override
  public void keep(PendingApproval pending) {
    kept.putIfAbsent(pending.nonce(), new Versioned<>(pending, version()));
  }

  @Override
  public Optional<Versioned<PendingApproval>> find(String nonce) {
    if (broken || nonce.equals(brokenNonce)) {
      throw new TransientFailure("S3 is away");
    }
    return Optional.ofNullable(kept.get(nonce));
  }

  @Override
  public Optional<Versioned<PendingApproval>> replace(
      Versioned<PendingApproval> found, PendingApproval next) {
    beforeReplace.run();
    synchronized (kept) {
      Versioned<PendingApproval> stored = kept.get(next.nonce());
      if (stored == null || !stored.version().equals(found.version())) {
        return Optional.empty();
      }
      kept.put(next.nonce(), new Versioned<>(next, version()));
      return Optional.of(kept.get(next.nonce()));
    }
  }

  @Override
  public void posted(String deploymentId, PostedApproval question) {
    asked.put(deploymentId, question);
  }

  @Override
  public Optional<PostedApproval> asked(String deploymentId) {
    return Optional.ofNullable(asked.get(deploymentId));
  }

  private String version() {
    return "v" + versions.incrementAndGet();
  }
}
