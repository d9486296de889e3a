package io.crossfade.migration;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.gate.RequestTotals;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Side;
import io.crossfade.release.Snapshot;
import io.crossfade.release.Weights;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;

/**
 * Reads the documents of version 0.1, which called the stable side live and the canary idle, so
 * that a release which began before the stack was updated can still be restored.
 */
@Singleton
public class OlderDocuments implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    mapper
        .addMixIn(DeploymentTarget.class, Sides.class)
        .addMixIn(Snapshot.class, Services.class)
        .addMixIn(Weights.class, Shares.class)
        .addMixIn(RequestTotals.class, Counts.class)
        .addMixIn(Release.class, Overrides.class);
  }

  @RegisterForReflection
  interface Sides {
    @JsonAlias("live")
    Side stable();

    @JsonAlias("idle")
    Side canary();
  }

  @RegisterForReflection
  interface Services {
    @JsonAlias("live")
    ServiceState stable();

    @JsonAlias("idle")
    ServiceState canary();
  }

  @RegisterForReflection
  interface Shares {
    @JsonAlias("live")
    int stable();

    @JsonAlias("idle")
    int canary();
  }

  @RegisterForReflection
  interface Counts {
    @JsonAlias("live")
    RequestTotals.Count stable();

    @JsonAlias("idle")
    RequestTotals.Count canary();
  }

  @RegisterForReflection
  interface Overrides {
    @JsonAlias("waiver")
    CheckOverride override();
  }
}
