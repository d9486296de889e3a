package io.crossfade.cost;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What one unit costs.
 *
 * @param usd null if no source gives it
 * @param check whether someone should look it up before relying on it
 */
public record Price(
    Double usd, String unit, String region, String date, boolean check, String source) {

  /** By what is priced, such as {@code fargate-vcpu}. */
  public static Map<String, Price> list() {
    try (InputStream in = Price.class.getResourceAsStream("/cost/prices.json")) {
      return new ObjectMapper().readValue(in, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
