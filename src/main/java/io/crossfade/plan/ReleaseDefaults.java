package io.crossfade.plan;

import io.crossfade.release.Step;
import java.util.List;
import java.util.stream.Stream;

/** What a release gets where its input is silent: the deployed stack's settings. */
public record ReleaseDefaults(String cluster, int bakeSeconds) {
  /** 25 → 50 → 75 → 100, each watched equally long. */
  public List<Step> steps() {
    return Stream.of(25, 50, 75, 100).map(weight -> new Step(weight, bakeSeconds)).toList();
  }
}
