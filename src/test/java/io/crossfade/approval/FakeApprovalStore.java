package io.crossfade.approval;

import io.crossfade.release.TransientFailure;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** ApprovalStore in memory, with versions as S3 has entity tags. */
public final class FakeApprovalStore implements ApprovalStore {
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final Map<String, PostedApproval> asked = new ConcurrentHashMap<>();
  private final AtomicInteger versions = new AtomicInteger();
  boolean broken;
  String brokenNonce;
  Runnable beforeReplace = () -> {};

  @Override
  public void keep(PendingApproval pending) {
    kept.putIfAbsent(pending.nonce(), new Kept(pending, version()));
  }

  @Override
  public Optional<Kept> find(String nonce) {
    if (broken || nonce.equals(brokenNonce)) {
      throw new TransientFailure("S3 is away");
    }
    return Optional.ofNullable(kept.get(nonce));
  }

  @Override
  public boolean replace(Kept found, PendingApproval next) {
    beforeReplace.run();
    synchronized (kept) {
      boolean unchanged =
          kept.get(next.nonce()) != null
              && kept.get(next.nonce()).version().equals(found.version());
      if (unchanged) {
        kept.put(next.nonce(), new Kept(next, version()));
      }
      return unchanged;
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
