package io.crossfade.release;

import java.time.Instant;
import java.util.Optional;

/** What a state of the machine hands to its function, as far as all states have it. */
public interface StateInput extends AboutDeployment {
  /** When the state was entered, by Step Functions' clock. */
  Instant now();

  /** The document as the state before left it; empty in the first state. */
  default Optional<Deployment> before() {
    return Optional.empty();
  }

  /** Which end is announced; null unless one is. */
  default String outcome() {
    return null;
  }
}
