package io.crossfade.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparedStepsTest {
  private static final Instant NEXT = Sample.START.plusSeconds(310);

  private final ComparedSteps first =
      ComparedSteps.NONE.lookedAt(Sample.START, Sample.START.plusSeconds(20));

  @Test
  void eachStepHasOneBakeUntilItsLastLook() {
    ComparedSteps looked = first.lookedAt(Sample.START, Sample.START.plusSeconds(300));
    assertThat(looked.bakes())
        .containsExactly(new Bake(Sample.START, Sample.START.plusSeconds(300)));
    assertThat(looked.lookedAt(NEXT, NEXT.plusSeconds(20)).bakes())
        .containsExactly(
            new Bake(Sample.START, Sample.START.plusSeconds(300)),
            new Bake(NEXT, NEXT.plusSeconds(20)));
  }

  /** What it found stays; how many requests it has seen begins anew. */
  @Test
  void theNextStepHasSeenNothing() {
    Comparison result = new Comparison(Comparison.Verdict.NO_WORSE, 500, 1, 1);
    Progress baked = Sample.at(0).progress().with(new ComparedSteps(first.bakes(), 500, result));
    assertThat(baked.shifted(1, Weights.canaryAt(50), NEXT).comparison())
        .isEqualTo(new ComparedSteps(first.bakes(), 0, result));
  }

  @Test
  void aDocumentOfAnEarlierVersionHasComparedNothing() {
    assertThat(Sample.at(0).progress().comparison())
        .isEqualTo(new ComparedSteps(List.of(), 0, Comparison.NONE));
  }
}
