package io.crossfade.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.JsonValue;
import io.crossfade.release.PermanentFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Turns the SDK's objects into AWS's own JSON documents and back, by the SDK's own descriptions of
 * its fields. What AWS sent and the SDK does not know is in the document all the same, and refused
 * on the way back: it would be lost.
 */
public final class SdkDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SdkDocuments() {}

  /** The same for each object of a list. */
  public static List<Map<String, Object>> of(List<? extends SdkPojo> pojos, JsonNode raw) {
    requireAsMany(pojos, raw);
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int i = 0; i < pojos.size(); i++) {
      documents.add(of(pojos.get(i), raw.path(i)));
    }
    return documents;
  }

  /**
   * Only what is there: absent fields, and lists that the service did not send, are left out. So is
   * what the SDK does not know if it is false, null or empty.
   *
   * @param raw the object as AWS sent it
   */
  public static Map<String, Object> of(SdkPojo pojo, JsonNode raw) {
    Map<String, Object> document = new LinkedHashMap<>();
    Map<String, SdkField<?>> fields = fields(pojo);
    fields.forEach(
        (name, field) -> {
          Object value = field.getValueOrDefault(pojo);
          if (sent(value)) {
            document.put(name, plain(value, raw.path(name)));
          }
        });
    for (Map.Entry<String, JsonNode> field : raw.properties()) {
      Object value = JSON.convertValue(field.getValue(), Object.class);
      if (!fields.containsKey(field.getKey()) && !JsonValue.isEmpty(value)) {
        document.put(field.getKey(), value);
      }
    }
    return document;
  }

  private static Map<String, SdkField<?>> fields(SdkPojo pojo) {
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    pojo.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    return fields;
  }

  private static boolean sent(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }

  private static Object plain(Object value, JsonNode raw) {
    if (value instanceof SdkPojo pojo) {
      return of(pojo, raw);
    }
    if (value instanceof List<?> list) {
      requireAsMany(list, raw);
      List<Object> plain = new ArrayList<>();
      list.forEach(item -> plain.add(plain(item, raw.path(plain.size()))));
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, item) -> plain.put((String) key, plain(item, raw.path((String) key))));
      return plain;
    }
    if (value instanceof Long number && number.intValue() == number) {
      return number.intValue();
    }
    return value instanceof Instant instant ? instant.toString() : value;
  }

  /** Otherwise it is not what the SDK has read, and nothing can be told of unknown fields. */
  private static void requireAsMany(List<?> list, JsonNode raw) {
    if (raw.size() != list.size()) {
      throw new PermanentFailure(
          "AWS's answer cannot be compared with what the SDK made of it: %d and %d items"
              .formatted(raw.size(), list.size()));
    }
  }

  /**
   * The paths of what a document has and the SDK does not know.
   *
   * @param model an object or a builder of the class that the document is to become
   * @param path of the document itself
   */
  public static List<String> unknown(SdkPojo model, Map<?, ?> document, String path) {
    List<String> found = new ArrayList<>();
    Map<String, SdkField<?>> fields = fields(model);
    document.forEach(
        (name, value) -> {
          String at = path + "." + name;
          SdkField<?> field = fields.get(String.valueOf(name));
          found.addAll(field == null ? List.of(at) : unknown(field, value, at));
        });
    return found;
  }

  private static List<String> unknown(SdkField<?> field, Object value, String path) {
    List<String> found = new ArrayList<>();
    if (value instanceof List<?> list) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      for (int i = 0; i < list.size(); i++) {
        found.addAll(unknown(member, list.get(i), "%s[%d]".formatted(path, i)));
      }
    } else if (value instanceof Map<?, ?> map && !field.containsTrait(MapTrait.class)) {
      found.addAll(unknown(field.constructor().get(), map, path));
    }
    return found;
  }

  /**
   * Fills a builder of the SDK.
   *
   * @param path of the document, for the message
   * @throws PermanentFailure if the document has a field that this version of the SDK does not know
   */
  public static <B extends SdkPojo> B fill(B builder, Map<?, ?> document, String path) {
    List<String> unknown = unknown(builder, document, path);
    if (!unknown.isEmpty()) {
      throw new PermanentFailure(
          "AWS describes %s, which this version does not know; it would be lost"
              .formatted(String.join(", ", unknown)));
    }
    return filled(builder, document);
  }

  private static <B extends SdkPojo> B filled(B builder, Map<?, ?> document) {
    Map<String, SdkField<?>> fields = fields(builder);
    document.forEach(
        (name, value) -> {
          SdkField<?> field = fields.get((String) name);
          field.set(builder, typed(field, value));
        });
    return builder;
  }

  private static Object typed(SdkField<?> field, Object value) {
    if (value instanceof List<?> list) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(typed(member, item)));
      return items;
    }
    if (value instanceof Map<?, ?> map && field.containsTrait(MapTrait.class)) {
      SdkField<?> item = field.getTrait(MapTrait.class).valueFieldInfo();
      Map<String, Object> items = new LinkedHashMap<>();
      map.forEach((key, entry) -> items.put((String) key, typed(item, entry)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      return ((Buildable) filled(field.constructor().get(), map)).build();
    }
    return value instanceof Number number ? sized(field, number) : value;
  }

  /** JSON has one kind of number, the SDK several. */
  private static Object sized(SdkField<?> field, Number number) {
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.LONG)) {
      return number.longValue();
    }
    if (type.equals(MarshallingType.DOUBLE)) {
      return number.doubleValue();
    }
    return type.equals(MarshallingType.FLOAT) ? number.floatValue() : number;
  }
}
