package io.crossfade.migration;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.gate.RequestTotals;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.Snapshot;
import io.crossfade.release.Weights;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Reads the documents of version 0.1, which called the stable side live and the canary idle, so
 * that a release which began before the stack was updated can still be restored.
 */
@Singleton
public class OlderDocuments implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    for (Class<?> renamed :
        List.of(DeploymentTarget.class, Snapshot.class, Weights.class, RequestTotals.class)) {
      mapper.addMixIn(renamed, Roles.class);
    }
    mapper.addMixIn(Release.class, Overrides.class);
  }

  /** Whatever it is that both sides have. */
  @RegisterForReflection
  interface Roles {
    @JsonAlias("live")
    Object stable();

    @JsonAlias("idle")
    Object canary();
  }

  @RegisterForReflection
  interface Overrides {
    @JsonAlias("waiver")
    CheckOverride override();
  }
}
