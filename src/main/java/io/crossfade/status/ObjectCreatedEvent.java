package io.crossfade.status;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.AboutDeployment;

/** What EventBridge tells of a written object (Amazon S3 User Guide, Event message structure). */
public record ObjectCreatedEvent(Detail detail) implements AboutDeployment {
  /** What was written. */
  public record Detail(Written object) {
    public Detail {
      requireNonNull(object);
    }
  }

  /**
   * An object of the state bucket.
   *
   * @param key {@code deployments/<id>/status.json}; an id has no slash
   */
  public record Written(String key) {
    public Written {
      requireNonNull(key);
    }
  }

  public ObjectCreatedEvent {
    requireNonNull(detail);
  }

  @Override
  public String deploymentId() {
    String[] parts = detail.object().key().split("/");
    return parts.length == 3 ? parts[1] : "";
  }
}
