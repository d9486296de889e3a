package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a release has compared so far.
 *
 * @param bakes of all steps, the present one's up to the last look
 * @param seen requests of the canary in the whole minutes of the present step, 0 or more
 * @param result of all steps
 */
public record ComparedSteps(List<Bake> bakes, long seen, Comparison result) {
  static final ComparedSteps NONE = new ComparedSteps(List.of(), 0, Comparison.NONE);

  public ComparedSteps {
    bakes = bakes == null ? List.of() : List.copyOf(bakes);
    requireNonNull(result);
  }

  ComparedSteps nextStep() {
    return new ComparedSteps(bakes, 0, result);
  }

  /** The weights of the step that bakes since then are still in the rule. */
  public ComparedSteps lookedAt(Instant since, Instant now) {
    Stream<Bake> earlier = bakes.stream().filter(bake -> !bake.from().equals(since));
    Bake present = new Bake(since, now);
    return new ComparedSteps(Stream.concat(earlier, Stream.of(present)).toList(), seen, result);
  }
}
