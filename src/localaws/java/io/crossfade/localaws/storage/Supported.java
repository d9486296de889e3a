package io.crossfade.localaws.storage;

import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Refuses what a request asks for and nobody here would do. */
final class Supported {
  private Supported() {}

  static void only(SdkPojo request, String... members) {
    Set<String> supported = Set.of(members);
    for (SdkField<?> field : request.sdkFields()) {
      if (!supported.contains(field.memberName()) && isSet(field.getValueOrDefault(request))) {
        throw new UnsupportedOperationException(field.memberName());
      }
    }
  }

  private static boolean isSet(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }
}
