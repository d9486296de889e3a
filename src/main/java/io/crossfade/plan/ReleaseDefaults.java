package io.crossfade.plan;

import io.crossfade.release.Arn;
import io.crossfade.release.Step;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a release gets where its input is silent: the deployed stack's settings.
 *
 * @param place the stack's, in which all that a release names must be: see {@link Arn#place}
 * @param skipAllowed whether a release may say that nobody is asked
 * @param overridesAllowed whether it may pass over a check
 */
public record ReleaseDefaults(
    String cluster, int bakeSeconds, String place, boolean skipAllowed, boolean overridesAllowed) {
  /** 25 → 50 → 75 → 100, each watched equally long. */
  public List<Step> steps() {
    return Stream.of(25, 50, 75, 100).map(weight -> new Step(weight, bakeSeconds)).toList();
  }

  /** Whether an ARN names something of the stack's region and account. */
  boolean own(String arn) {
    return Arn.place(arn).equals(place);
  }
}
