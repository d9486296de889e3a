package io.crossfade.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** The encoding of lists, maps and scalars in a tree. */
enum ValueEncoding {
  /** JSON, and CBOR with its tags dropped: arrays, objects, typed scalars. */
  TYPED(Format.UNIX_TIMESTAMP) {
    @Override
    List<JsonNode> elements(SdkField<?> list, JsonNode node, String path) {
      if (!node.isArray()) {
        throw wrongType(path, "a list", node);
      }
      return StreamSupport.stream(node.spliterator(), false).toList();
    }

    @Override
    Map<String, JsonNode> entries(SdkField<?> map, JsonNode node, String path) {
      Map<String, JsonNode> entries = new LinkedHashMap<>();
      object(node, path).properties().forEach(e -> entries.put(e.getKey(), e.getValue()));
      return entries;
    }

    @Override
    String string(JsonNode node, String path) {
      if (!node.isTextual()) {
        throw wrongType(path, "a string", node);
      }
      return node.textValue();
    }

    @Override
    boolean bool(JsonNode node, String path) {
      if (!node.isBoolean()) {
        throw wrongType(path, "a boolean", node);
      }
      return node.booleanValue();
    }

    @Override
    boolean isNumber(JsonNode node) {
      return node.isNumber();
    }
  },

  /** Query parameters split at their dots: every scalar a text, lists and maps numbered from 1. */
  QUERY(Format.ISO_8601) {
    @Override
    List<JsonNode> elements(SdkField<?> list, JsonNode node, String path) {
      ListTrait trait = list.getTrait(ListTrait.class);
      String member = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
      return numbered(trait.isFlattened() ? node : only(member, node, path), path);
    }

    @Override
    Map<String, JsonNode> entries(SdkField<?> map, JsonNode node, String path) {
      MapTrait trait = map.getTrait(MapTrait.class);
      Map<String, JsonNode> entries = new LinkedHashMap<>();
      for (JsonNode entry :
          numbered(trait.isFlattened() ? node : only("entry", node, path), path)) {
        entries.put(
            entry.path(named(trait.keyLocationName(), "key")).asText(),
            entry.path(named(trait.valueLocationName(), "value")));
      }
      return entries;
    }

    @Override
    String string(JsonNode node, String path) {
      if (!node.isTextual()) {
        throw wrongType(path, "a value", node);
      }
      return node.textValue();
    }

    @Override
    boolean bool(JsonNode node, String path) {
      return switch (string(node, path)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrongType(path, "true or false", node);
      };
    }

    @Override
    boolean isNumber(JsonNode node) {
      return node.isTextual() && node.textValue().matches("[-+0-9.eE]+");
    }
  };

  private final Format timestamps;

  ValueEncoding(Format timestamps) {
    this.timestamps = timestamps;
  }

  /** The format of a timestamp whose model names none. */
  Format timestamps() {
    return timestamps;
  }

  abstract List<JsonNode> elements(SdkField<?> list, JsonNode node, String path);

  abstract Map<String, JsonNode> entries(SdkField<?> map, JsonNode node, String path);

  abstract String string(JsonNode node, String path);

  abstract boolean bool(JsonNode node, String path);

  abstract boolean isNumber(JsonNode node);

  BigDecimal number(JsonNode node, String path) {
    if (!isNumber(node)) {
      throw wrongType(path, "a number", node);
    }
    try {
      return new BigDecimal(node.asText());
    } catch (NumberFormatException e) {
      throw wrongType(path, "a number", node);
    }
  }

  static JsonNode object(JsonNode node, String path) {
    if (!node.isObject()) {
      throw wrongType(path, "a structure", node);
    }
    return node;
  }

  static ProtocolError wrongType(String path, String expected, JsonNode found) {
    return ProtocolError.malformed(path + " must be " + expected + ", found " + found);
  }

  private static String named(String name, String otherwise) {
    return name == null ? otherwise : name;
  }

  private static JsonNode only(String name, JsonNode node, String path) {
    node.fieldNames()
        .forEachRemaining(
            found -> {
              if (!found.equals(name)) {
                throw ProtocolError.unknownParameter(path + "." + found);
              }
            });
    return node.path(name);
  }

  private static List<JsonNode> numbered(JsonNode node, String path) {
    Map<Integer, JsonNode> sorted = new TreeMap<>();
    node.properties()
        .forEach(
            entry -> {
              if (!entry.getKey().matches("\\d{1,9}")) {
                throw ProtocolError.unknownParameter(path + "." + entry.getKey());
              }
              sorted.put(Integer.valueOf(entry.getKey()), entry.getValue());
            });
    return List.copyOf(sorted.values());
  }
}
