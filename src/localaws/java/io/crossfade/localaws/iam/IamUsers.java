package io.crossfade.localaws.iam;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The users of the account, by their access keys. */
public final class IamUsers {
  private final Map<String, IamUser> byKey = new ConcurrentHashMap<>();

  public void add(IamUser user) {
    byKey.put(user.accessKeyId(), user);
  }

  public Optional<IamUser> find(String accessKeyId) {
    return Optional.ofNullable(byKey.get(accessKeyId));
  }
}
