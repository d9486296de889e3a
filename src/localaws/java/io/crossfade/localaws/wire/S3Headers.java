package io.crossfade.localaws.wire;

import io.crossfade.localaws.sdk.SdkMembers;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** The parameters of a REST call: in headers, in the query, in the path. */
final class S3Headers {
  /** Part of the transport, not of any operation. */
  private static final Set<String> TRANSPORT =
      Set.of(
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-decoded-content-length",
          "x-amz-trailer",
          "x-amz-te",
          "x-amz-user-agent");

  private static final Set<String> ROUTING = Set.of("x-id", "list-type");

  private S3Headers() {}

  /**
   * @param headers of the request, and those that trail a chunked body
   */
  static void read(
      Map<String, String> query, Map<String, String> headers, S3Address at, SdkPojo builder) {
    Set<String> claimed = new HashSet<>(ROUTING);
    for (SdkField<?> field : builder.sdkFields()) {
      claimed.add(field.locationName().toLowerCase(Locale.ROOT));
      switch (field.location()) {
        case PATH -> field.set(builder, at.bucket());
        case GREEDY_PATH -> field.set(builder, at.key());
        case QUERY_PARAM -> set(field, builder, query.get(field.locationName()));
        case HEADER -> header(field, builder, headers);
        case PAYLOAD, STATUS_CODE -> {}
      }
    }
    refuseUnclaimed(query, headers, claimed);
  }

  private static void header(SdkField<?> field, SdkPojo builder, Map<String, String> headers) {
    if (field.marshallingType().getKnownType() == MarshallingKnownType.MAP) {
      field.set(builder, startingWith(field.locationName(), headers));
    } else {
      set(field, builder, headers.get(field.locationName()));
    }
  }

  private static Map<String, String> startingWith(String prefix, Map<String, String> headers) {
    Map<String, String> found = new TreeMap<>();
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.startsWith(prefix)) {
            found.put(lower.substring(prefix.length()), value);
          }
        });
    return found.isEmpty() ? null : found;
  }

  private static void set(SdkField<?> field, SdkPojo builder, String text) {
    if (text != null) {
      field.set(builder, parse(field, text));
    }
  }

  private static Object parse(SdkField<?> field, String text) {
    try {
      return switch (field.marshallingType().getKnownType()) {
        case STRING -> text;
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case BOOLEAN -> Boolean.valueOf(text);
        case INSTANT -> WireTimestamps.parse(text, SdkModel.timestamp(field, Format.RFC_822));
        default -> throw ProtocolError.notEmulated("s3 header " + field.locationName());
      };
    } catch (NumberFormatException e) {
      throw ProtocolError.malformed(field.locationName() + " must be a number, found " + text);
    }
  }

  private static void refuseUnclaimed(
      Map<String, String> query, Map<String, String> headers, Set<String> claimed) {
    for (String name : headers.keySet()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-amz-") && !isTransport(lower) && !claimed.contains(lower)) {
        throw ProtocolError.notEmulated("s3 header " + lower);
      }
    }
    for (String name : query.keySet()) {
      if (!name.startsWith("X-Amz-") && !claimed.contains(name.toLowerCase(Locale.ROOT))) {
        throw ProtocolError.notEmulated("s3 query parameter " + name);
      }
    }
  }

  /** The SDKs send a checksum of the body even where there is none. */
  private static boolean isTransport(String header) {
    return TRANSPORT.contains(header)
        || header.startsWith("x-amz-meta-")
        || header.startsWith("x-amz-checksum-")
        || header.equals("x-amz-sdk-checksum-algorithm");
  }

  static Map<String, String> write(SdkPojo response) {
    Map<String, String> headers = new LinkedHashMap<>();
    SdkMembers.forEachGiven(
        response,
        (field, value) -> {
          if (field.location() == MarshallLocation.HEADER) {
            write(field, value, headers);
          }
        });
    return headers;
  }

  private static void write(SdkField<?> field, Object value, Map<String, String> headers) {
    String name = field.locationName();
    if (value instanceof Instant at) {
      headers.put(name, WireTimestamps.text(at, SdkModel.timestamp(field, Format.RFC_822)));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, text) -> headers.put(name + key, text.toString()));
    } else {
      headers.put(name, value.toString());
    }
  }
}
