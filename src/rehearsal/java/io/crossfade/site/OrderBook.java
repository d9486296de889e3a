package io.crossfade.site;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The site's database: numbers ascend from 1, and the same idempotency key is the same order. */
public final class OrderBook {
  private final Map<String, Order> byKey = new HashMap<>();
  private final TreeMap<Long, Order> byNumber = new TreeMap<>();
  private long lastNumber;

  public synchronized Order place(String idempotencyKey, String restaurant, int party) {
    return byKey.computeIfAbsent(idempotencyKey, key -> store(key, restaurant, party));
  }

  private Order store(String key, String restaurant, int party) {
    Order order = new Order(++lastNumber, key, restaurant, party);
    byNumber.put(order.number(), order);
    return order;
  }

  public synchronized Optional<Order> find(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /** Whether that number is there and belongs to whoever sent that key. */
  public boolean holds(long number, String idempotencyKey) {
    return find(number).filter(order -> order.idempotencyKey().equals(idempotencyKey)).isPresent();
  }

  public synchronized Collection<Order> orders() {
    return List.copyOf(byNumber.values());
  }

  /** Loses an order, as a broken database would: how a test proves that the loss is noticed. */
  public synchronized void lose(long number) {
    Order lost = byNumber.remove(number);
    if (lost != null) {
      byKey.remove(lost.idempotencyKey());
    }
  }
}
