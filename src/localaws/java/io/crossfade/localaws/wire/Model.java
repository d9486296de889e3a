package io.crossfade.localaws.wire;

import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** Small questions to the SDK's descriptions of its own classes. */
final class Model {
  private Model() {}

  static SdkPojo builder(Class<?> modelClass) {
    try {
      return (SdkPojo) modelClass.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not a class of the SDK's model: " + modelClass, e);
    }
  }

  static Object build(SdkPojo builder) {
    return ((Buildable) builder).build();
  }

  /** What was set: an empty list is a value, a list that nobody set is none. */
  static void forEachSet(SdkPojo pojo, BiConsumer<SdkField<?>, Object> action) {
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (isSet(value)) {
        action.accept(field, value);
      }
    }
  }

  private static boolean isSet(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }

  static SdkField<?> member(SdkField<?> list) {
    return list.getTrait(ListTrait.class).memberFieldInfo();
  }

  static SdkField<?> value(SdkField<?> map) {
    return map.getTrait(MapTrait.class).valueFieldInfo();
  }

  static Collection<?> list(Object value) {
    return (Collection<?>) value;
  }

  static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  static TimestampFormatTrait.Format timestamp(
      SdkField<?> field, TimestampFormatTrait.Format otherwise) {
    TimestampFormatTrait trait = field.getTrait(TimestampFormatTrait.class);
    return trait == null ? otherwise : trait.format();
  }
}
