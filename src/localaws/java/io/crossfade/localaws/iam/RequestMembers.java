package io.crossfade.localaws.iam;

import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The members of a request by the names that they have in the service's model.
 *
 * @param request the SDK's own request object, or a structure in it
 */
record RequestMembers(Object request) {
  /** Whether the member was given, even if as an empty text. */
  boolean has(String member) {
    Object value = value(member);
    return value instanceof Collection<?> list ? !list.isEmpty() : value != null;
  }

  /** Empty if the member was not given. */
  String text(String member) {
    return text(member, "");
  }

  String text(String member, String otherwise) {
    Object value = value(member);
    return value == null ? otherwise : value.toString();
  }

  List<String> texts(String member) {
    return list(member).stream().map(Object::toString).toList();
  }

  List<RequestMembers> structures(String member) {
    return list(member).stream().map(RequestMembers::new).toList();
  }

  RequestMembers structure(String member) {
    return new RequestMembers(value(member));
  }

  private Collection<?> list(String member) {
    return value(member) instanceof Collection<?> list ? list : List.of();
  }

  private Object value(String member) {
    SdkPojo pojo = (SdkPojo) request;
    return pojo.sdkFields().stream()
        .filter(field -> field.memberName().equals(member))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no member " + member + " in " + request))
        .getValueOrDefault(pojo);
  }
}
