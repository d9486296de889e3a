package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The retriers of one visit to a state; each counts its own retries. */
final class RetryPolicy {
  private final List<Retrier> retriers = new ArrayList<>();
  private final int[] used;
  private int total;

  RetryPolicy(JsonNode retry) {
    retry.forEach(node -> retriers.add(Retrier.of(node)));
    this.used = new int[retriers.size()];
  }

  int total() {
    return total;
  }

  /**
   * The delay before the next try; empty if there is none. The first retrier that matches decides.
   */
  Optional<Duration> next(StateFailure failure) {
    for (int i = 0; i < used.length; i++) {
      if (retriers.get(i).matches(failure)) {
        return used[i] < retriers.get(i).maxAttempts() ? Optional.of(use(i)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Duration use(int index) {
    total++;
    return retriers.get(index).delay(used[index]++);
  }
}
