package io.crossfade.plan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The deployed stack's settings for releases that do not bring their own. */
@ConfigMapping(prefix = "crossfade")
public interface PlanConfig {
  /** The ECS cluster's name; may be empty if every release names its own. */
  Optional<String> cluster();

  /** How long each step is watched, in seconds. */
  @WithDefault("300")
  int bakeSeconds();

  /** Whether a release may say {@code "approval": "skip"}. */
  @WithDefault("false")
  boolean allowSkippedApproval();

  /** Above how many requests a minute of its load balancer no release starts; 0 for never. */
  @WithDefault("0")
  int busyRequestsPerMinute();

  /** Whether a release may have an {@code override}. */
  @WithDefault("true")
  boolean allowOverrides();
}
