package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Scalars where everything is text: parameters, elements and headers. What is not of its type stays
 * a text, which {@link ShapeCheck} reports.
 */
enum Scalars {
  /** Of parameters and elements: timestamps are ISO 8601 where the model does not say. */
  BODY("iso8601"),
  /** Of headers: timestamps are HTTP dates where the model does not say. */
  HEADER("rfc822");

  private final String timestamps;

  Scalars(String timestamps) {
    this.timestamps = timestamps;
  }

  JsonNode typed(JsonNode shape, String text) {
    return switch (shape.path("type").asText()) {
      case "integer", "long" ->
          text.matches("-?[0-9]+")
              ? BigIntegerNode.valueOf(new BigInteger(text))
              : TextNode.valueOf(text);
      case "float", "double" -> decimal(text);
      case "boolean" ->
          text.matches("true|false")
              ? BooleanNode.valueOf(text.equals("true"))
              : TextNode.valueOf(text);
      case "timestamp" -> timestamp(shape.path("timestampFormat").asText(timestamps), text);
      default -> TextNode.valueOf(text);
    };
  }

  private static JsonNode decimal(String text) {
    try {
      return DecimalNode.valueOf(new BigDecimal(text));
    } catch (NumberFormatException notANumber) {
      return TextNode.valueOf(text);
    }
  }

  private static JsonNode timestamp(String format, String text) {
    try {
      return LongNode.valueOf(
          format.equals("rfc822")
              ? ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond()
              : OffsetDateTime.parse(text).toEpochSecond());
    } catch (DateTimeException notATimestamp) {
      return TextNode.valueOf(text);
    }
  }
}
