package io.crossfade.slack;

import io.crossfade.release.Versioned;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Messages in memory. */
public final class FakeReleaseMessageStore implements ReleaseMessageStore {
  private final Map<String, Versioned<ReleaseMessage>> stored = new HashMap<>();
  private int versions;

  @Override
  public Optional<Versioned<ReleaseMessage>> find(String deploymentId) {
    return Optional.ofNullable(stored.get(deploymentId));
  }

  @Override
  public boolean create(String deploymentId, ReleaseMessage message) {
    return stored.putIfAbsent(deploymentId, versioned(message)) == null;
  }

  @Override
  public Optional<Versioned<ReleaseMessage>> replace(
      String deploymentId, Versioned<ReleaseMessage> found, ReleaseMessage next) {
    Versioned<ReleaseMessage> written = versioned(next);
    return stored.replace(deploymentId, found, written) ? Optional.of(written) : Optional.empty();
  }

  private Versioned<ReleaseMessage> versioned(ReleaseMessage message) {
    return new Versioned<>(message, String.valueOf(++versions));
  }
}
