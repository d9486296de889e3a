package io.crossfade.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** Takes orders. An order is in the book before its number is acknowledged. */
record Backend(String version, OrderBook book) implements SiteApp {
  /** The restaurants that tables can be booked at. */
  static final List<String> RESTAURANTS =
      List.of("Al Forno", "Bellevue", "Chez Nour", "Dim Sum House", "El Patio");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORDERS = "/api/orders";

  @Override
  public SiteResponse answer(String method, String path, String body) {
    return switch (method + " " + path) {
      case "GET /api/restaurants" -> SiteResponse.json(200, Map.of("restaurants", RESTAURANTS));
      case "POST " + ORDERS -> order(body);
      default ->
          method.equals("GET") && path.startsWith(ORDERS + "/")
              ? show(path.substring(ORDERS.length() + 1))
              : SiteResponse.error(404, "nothing here: " + method + " " + path);
    };
  }

  private SiteResponse order(String body) {
    try {
      JsonNode wish = JSON.readTree(body);
      String restaurant = wish.path("restaurant").asText();
      String key = wish.path("idempotencyKey").asText();
      int party = wish.path("party").asInt();
      if (restaurant.isEmpty() || key.isEmpty() || party < 1) {
        return SiteResponse.error(400, "an order needs restaurant, party and idempotencyKey");
      }
      Order order = book.place(key, restaurant, party);
      return SiteResponse.json(201, Map.of("order", order.number(), "version", version));
    } catch (JsonProcessingException e) {
      return SiteResponse.error(400, "the order is not JSON");
    }
  }

  private SiteResponse show(String number) {
    if (!number.matches("\\d{1,18}")) {
      return SiteResponse.error(404, "not an order number: " + number);
    }
    return book.find(Long.parseLong(number))
        .map(order -> SiteResponse.json(200, shown(order)))
        .orElseGet(() -> SiteResponse.error(404, "no order " + number));
  }

  private Map<String, Object> shown(Order order) {
    return Map.of(
        "order", order.number(),
        "restaurant", order.restaurant(),
        "party", order.party(),
        "version", version);
  }
}
