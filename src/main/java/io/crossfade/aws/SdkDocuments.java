package io.crossfade.aws;

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
 * its fields. What a document has and the SDK does not know is refused: it would be lost.
 */
public final class SdkDocuments {
  private SdkDocuments() {}

  /** Only what is there: absent fields, and lists that the service did not send, are left out. */
  public static Map<String, Object> of(SdkPojo pojo) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (sent(value)) {
        document.put(field.locationName(), plain(value));
      }
    }
    return document;
  }

  private static boolean sent(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }

  private static Object plain(Object value) {
    if (value instanceof SdkPojo pojo) {
      return of(pojo);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SdkDocuments::plain).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, item) -> plain.put((String) key, plain(item)));
      return plain;
    }
    if (value instanceof Long number && number.intValue() == number) {
      return number.intValue();
    }
    return value instanceof Instant instant ? instant.toString() : value;
  }

  /**
   * Fills a builder of the SDK.
   *
   * @throws PermanentFailure if the document has a field that this version of the SDK does not know
   */
  public static <B extends SdkPojo> B fill(B builder, Map<?, ?> document) {
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    document.forEach(
        (name, value) -> {
          SdkField<?> field = fields.get(String.valueOf(name));
          if (field == null) {
            throw new PermanentFailure(
                "AWS describes a field \"%s\" that this version does not know; it would be lost"
                    .formatted(name));
          }
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
      return ((Buildable) fill(field.constructor().get(), map)).build();
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
