package io.crossfade.rollback;

/** One thing that is not as the snapshot has it. */
public record Difference(Part part, String what, String was, String is) {
  /** The parts of a restore, in the order in which they are put back. */
  public enum Part {
    /** TRAFFIC means the rule's actions: first, and at once. */
    TRAFFIC,
    /** TEST_TRAFFIC means the test rule's actions: right after the rule, and at once. */
    TEST_TRAFFIC,
    /** SERVICE means a task definition or a desired count: once the traffic has settled. */
    SERVICE,
    /**
     * SCALING means bounds and flags of the autoscaler: last, when nothing is left to fight over.
     */
    SCALING,
    /** LOST means what nobody can put back: last, when everything else is as it was. */
    LOST
  }

  public String sentence() {
    return "%s was %s, is %s".formatted(what, was, is);
  }
}
