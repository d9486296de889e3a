package io.crossfade.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of runs. Whatever disturbs the machine for a while must hit all alike: each round has
 * everything once, and each round begins with another one, so that none always follows the same.
 */
final class Interleaving {
  private Interleaving() {}

  /**
   * @param rounds 0 or more
   */
  static <T> List<List<T>> rounds(List<T> all, int rounds) {
    List<List<T>> order = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<T> once = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        once.add(all.get((round + i) % all.size()));
      }
      order.add(List.copyOf(once));
    }
    return List.copyOf(order);
  }
}
