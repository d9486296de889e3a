package io.crossfade.localaws.sdk;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Copies between model classes that share members, such as a request and what it creates. */
public final class Shapes {
  private Shapes() {}

  /** Sets every member of {@code to} that {@code from} has under the same name and has given. */
  public static <B extends SdkPojo> B copy(SdkPojo from, B to) {
    Map<String, SdkField<?>> given = from.sdkFieldNameToField();
    for (SdkField<?> field : to.sdkFields()) {
      SdkField<?> source = given.get(field.locationName());
      if (source != null && source.marshallingType().equals(field.marshallingType())) {
        Object value = source.getValueOrDefault(from);
        if (specified(value)) {
          field.set(to, value);
        }
      }
    }
    return to;
  }

  /** The names of the members that were given a value. */
  public static Set<String> given(SdkPojo pojo) {
    return pojo.sdkFields().stream()
        .filter(field -> specified(field.getValueOrDefault(pojo)))
        .map(SdkField::locationName)
        .collect(Collectors.toSet());
  }

  private static boolean specified(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }
}
