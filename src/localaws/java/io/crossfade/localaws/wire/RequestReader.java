package io.crossfade.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Fills the SDK's builders from a tree, strictly: what the model does not know is an error. */
final class RequestReader {
  private final ValueEncoding notation;

  RequestReader(ValueEncoding notation) {
    this.notation = notation;
  }

  void read(JsonNode tree, SdkPojo builder) {
    structure(tree, builder, "");
  }

  private SdkPojo structure(JsonNode tree, SdkPojo builder, String path) {
    Map<String, SdkField<?>> fields = fields(builder);
    ValueEncoding.object(tree, path)
        .properties()
        .forEach(
            entry -> {
              String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
              SdkField<?> field = fields.get(entry.getKey());
              if (field == null) {
                throw ProtocolError.unknownParameter(at);
              }
              if (!entry.getValue().isNull()) {
                field.set(builder, value(field, entry.getValue(), at));
              }
            });
    return builder;
  }

  private static Map<String, SdkField<?>> fields(SdkPojo builder) {
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    return fields;
  }

  private Object value(SdkField<?> field, JsonNode node, String path) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> notation.string(node, path);
      case BOOLEAN -> notation.bool(node, path);
      case INTEGER -> whole(node, path, BigDecimal::intValueExact);
      case LONG -> whole(node, path, BigDecimal::longValueExact);
      case SHORT -> whole(node, path, BigDecimal::shortValueExact);
      case BYTE -> whole(node, path, BigDecimal::byteValueExact);
      case FLOAT -> (float) decimal(node, path);
      case DOUBLE -> decimal(node, path);
      case BIG_DECIMAL -> notation.number(node, path);
      case INSTANT -> instant(field, node, path);
      case SDK_BYTES -> bytes(node, path);
      case LIST -> list(field, node, path);
      case MAP -> map(field, node, path);
      case SDK_POJO -> SdkModel.build(structure(node, field.constructor().get(), path));
      case DOCUMENT, NULL ->
          throw new UnsupportedOperationException("a document as a parameter: " + path);
    };
  }

  private <N> N whole(JsonNode node, String path, Function<BigDecimal, N> exact) {
    try {
      return exact.apply(notation.number(node, path));
    } catch (ArithmeticException e) {
      throw ValueEncoding.wrongType(path, "a whole number in range", node);
    }
  }

  private double decimal(JsonNode node, String path) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return switch (node.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> notation.number(node, path).doubleValue();
    };
  }

  private Instant instant(SdkField<?> field, JsonNode node, String path) {
    if (node.isNumber()) {
      return WireTimestamps.fromEpochSeconds(notation.number(node, path));
    }
    Format format = SdkModel.timestamp(field, notation.timestamps());
    if (format == Format.UNIX_TIMESTAMP && notation == ValueEncoding.TYPED) {
      throw ValueEncoding.wrongType(path, "a timestamp in seconds", node);
    }
    return WireTimestamps.parse(node.asText(), format);
  }

  private SdkBytes bytes(JsonNode node, String path) {
    try {
      return SdkBytes.fromByteArray(node.binaryValue());
    } catch (IOException | RuntimeException e) {
      throw ValueEncoding.wrongType(path, "base64", node);
    }
  }

  private List<Object> list(SdkField<?> field, JsonNode node, String path) {
    List<Object> values = new ArrayList<>();
    for (JsonNode element : notation.elements(field, node, path)) {
      values.add(value(SdkModel.member(field), element, path + "[" + values.size() + "]"));
    }
    return values;
  }

  private Map<String, Object> map(SdkField<?> field, JsonNode node, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    notation
        .entries(field, node, path)
        .forEach(
            (key, entry) -> values.put(key, value(SdkModel.value(field), entry, path + "." + key)));
    return values;
  }
}
