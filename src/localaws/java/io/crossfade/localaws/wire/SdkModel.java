package io.crossfade.localaws.wire;

import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Access to the SDK's descriptions of its own classes. */
final class SdkModel {
  private SdkModel() {}

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
