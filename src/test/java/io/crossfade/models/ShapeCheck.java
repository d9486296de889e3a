package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Holds a value against its shape in a service's model: required and unknown members, types,
 * lengths, ranges, patterns and enumerated values.
 *
 * <p>Patterns are matched against the whole text, as the services do. A length is one of code
 * points, of bytes for a blob.
 */
final class ShapeCheck {
  private static final int SHOWN = 60;

  private final ServiceModel model;
  private final List<String> findings = new ArrayList<>();

  private ShapeCheck(ServiceModel model) {
    this.model = model;
  }

  /**
   * @param value members by the model's names; texts, numbers and booleans as such, a timestamp as
   *     a number or as text that is valid for it, a blob as base64
   * @return a sentence for each finding, which begins with the path to the member
   */
  static List<String> of(ServiceModel model, JsonNode shape, JsonNode value) {
    ShapeCheck check = new ShapeCheck(model);
    check.value(shape, value, "");
    return check.findings;
  }

  private void value(JsonNode shape, JsonNode value, String path) {
    if (value.isNull()) {
      finding(path, "is null");
      return;
    }
    switch (shape.path("type").asText()) {
      case "structure" -> structure(shape, value, path);
      case "list" -> list(shape, value, path);
      case "map" -> map(shape, value, path);
      case "string" -> string(shape, value, path);
      case "integer", "long" -> number(shape, value, path, true);
      case "float", "double" -> number(shape, value, path, false);
      case "boolean" -> require(value.isBoolean(), path, "must be true or false", value);
      case "timestamp" -> require(value.isNumber(), path, "must be a timestamp", value);
      case "blob" -> blob(shape, value, path);
      default -> throw new IllegalArgumentException("unknown type of shape: " + shape);
    }
  }

  private void structure(JsonNode shape, JsonNode value, String path) {
    if (!require(value.isObject(), path, "must be a structure", value)) {
      return;
    }
    for (JsonNode name : shape.path("required")) {
      if (!value.hasNonNull(name.asText())) {
        finding(join(path, name.asText()), "is required and missing");
      }
    }
    if (shape.path("union").asBoolean() && value.size() != 1) {
      finding(path, "must have exactly one member, has " + value.size());
    }
    value
        .properties()
        .forEach(
            member -> {
              JsonNode reference = shape.path("members").get(member.getKey());
              if (reference == null) {
                finding(join(path, member.getKey()), "is unknown to the model");
              } else {
                value(model.target(reference), member.getValue(), join(path, member.getKey()));
              }
            });
  }

  private void list(JsonNode shape, JsonNode value, String path) {
    if (require(value.isArray(), path, "must be a list", value)) {
      bounds(shape, BigDecimal.valueOf(value.size()), path, "elements");
      JsonNode element = model.target(shape.path("member"));
      value.forEach(one -> value(element, one, path + "[]"));
    }
  }

  private void map(JsonNode shape, JsonNode value, String path) {
    if (!require(value.isObject(), path, "must be a map", value)) {
      return;
    }
    bounds(shape, BigDecimal.valueOf(value.size()), path, "entries");
    JsonNode key = model.target(shape.path("key"));
    JsonNode held = model.target(shape.path("value"));
    value
        .properties()
        .forEach(
            entry -> {
              string(key, TextNode.valueOf(entry.getKey()), path + "{key}");
              value(held, entry.getValue(), path + "{}");
            });
  }

  private void string(JsonNode shape, JsonNode value, String path) {
    if (!require(value.isTextual(), path, "must be a string", value)) {
      return;
    }
    String text = value.textValue();
    bounds(shape, BigDecimal.valueOf(text.codePointCount(0, text.length())), path, "characters");
    if (shape.has("pattern") && !matches(shape.path("pattern").asText(), text)) {
      finding(path, "must match " + shape.path("pattern").asText() + ", is " + shown(value));
    }
    if (shape.has("enum") && !ServiceModel.holds(shape.path("enum"), text)) {
      finding(path, "is none of the model's values: " + shown(value));
    }
  }

  private static boolean matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).matches();
  }

  private void number(JsonNode shape, JsonNode value, String path, boolean whole) {
    boolean special = !whole && value.isTextual() && value.textValue().matches("NaN|-?Infinity");
    boolean fits = whole ? value.isIntegralNumber() : value.isNumber() || special;
    if (require(fits, path, whole ? "must be a whole number" : "must be a number", value)
        && !special) {
      bounds(shape, value.decimalValue(), path, "");
    }
  }

  private void blob(JsonNode shape, JsonNode value, String path) {
    try {
      byte[] bytes = value.isTextual() || value.isBinary() ? value.binaryValue() : null;
      if (require(bytes != null, path, "must be a blob", value)) {
        bounds(shape, BigDecimal.valueOf(bytes.length), path, "bytes");
      }
    } catch (IOException | IllegalArgumentException e) {
      finding(path, "must be base64, is " + shown(value));
    }
  }

  /**
   * @param unit what is counted; empty for a number's own value
   */
  private void bounds(JsonNode shape, BigDecimal size, String path, String unit) {
    String counted = unit.isEmpty() ? "" : " " + unit;
    if (shape.has("min") && size.compareTo(shape.path("min").decimalValue()) < 0) {
      finding(path, "must be at least " + shape.path("min").asText() + counted + ", is " + size);
    }
    if (shape.has("max") && size.compareTo(shape.path("max").decimalValue()) > 0) {
      finding(path, "must be at most " + shape.path("max").asText() + counted + ", is " + size);
    }
  }

  private boolean require(boolean holds, String path, String sentence, JsonNode value) {
    if (!holds) {
      finding(path, sentence + ", is " + shown(value));
    }
    return holds;
  }

  private void finding(String path, String sentence) {
    findings.add((path.isEmpty() ? "the body" : path) + " " + sentence);
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
