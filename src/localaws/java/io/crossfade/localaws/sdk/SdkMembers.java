package io.crossfade.localaws.sdk;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Generic access to the members of the SDK's requests, responses and structures. */
public final class SdkMembers {
  private SdkMembers() {}

  /**
   * Copies between model classes that share members, such as a request and what it creates: sets
   * every member of {@code to} that {@code from} has under the same name and that was given.
   */
  public static <B extends SdkPojo> B copy(SdkPojo from, B to) {
    Map<String, SdkField<?>> given = from.sdkFieldNameToField();
    for (SdkField<?> field : to.sdkFields()) {
      SdkField<?> source = given.get(field.locationName());
      if (source != null && source.marshallingType().equals(field.marshallingType())) {
        Object value = source.getValueOrDefault(from);
        if (isGiven(value)) {
          field.set(to, value);
        }
      }
    }
    return to;
  }

  /**
   * Visits the members that were given. An empty list counts as given, a list that was never set
   * does not.
   */
  public static void forEachGiven(SdkPojo pojo, BiConsumer<SdkField<?>, Object> action) {
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (isGiven(value)) {
        action.accept(field, value);
      }
    }
  }

  /** The names of the members that were given. */
  public static Set<String> given(SdkPojo pojo) {
    return pojo.sdkFields().stream()
        .filter(field -> isGiven(field.getValueOrDefault(pojo)))
        .map(SdkField::memberName)
        .collect(Collectors.toSet());
  }

  /**
   * @param supported the names of the members that the service emulates
   * @throws UnsupportedOperationException for any other member that was given, except an empty list
   */
  public static void requireOnly(SdkPojo request, String... supported) {
    Collection<String> known = Arrays.asList(supported);
    forEachGiven(
        request,
        (field, value) -> {
          boolean empty = value instanceof Collection<?> list && list.isEmpty();
          if (!empty && !known.contains(field.memberName())) {
            throw new UnsupportedOperationException(field.memberName());
          }
        });
  }

  private static boolean isGiven(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }
}
