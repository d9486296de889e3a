package io.crossfade.site;

import static java.util.Objects.requireNonNull;

/** A booked table. */
public record Order(long number, String idempotencyKey, String restaurant, int party) {
  public Order {
    requireNonNull(idempotencyKey, "idempotencyKey");
    requireNonNull(restaurant, "restaurant");
  }
}
