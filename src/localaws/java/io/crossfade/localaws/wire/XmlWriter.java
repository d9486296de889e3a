package io.crossfade.localaws.wire;

import io.crossfade.localaws.sdk.SdkMembers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Writes the SDK's objects as XML, the way the Query protocol and S3 do. */
final class XmlWriter {
  private final StringBuilder out =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  XmlWriter open(String name, String namespace) {
    out.append('<').append(name).append(" xmlns=\"");
    escape(namespace);
    out.append("\">");
    return this;
  }

  XmlWriter open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  XmlWriter close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  XmlWriter text(String name, String text) {
    open(name);
    escape(text);
    return close(name);
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The members that travel in the body; S3 puts others into headers. */
  XmlWriter members(SdkPojo pojo) {
    SdkMembers.forEachGiven(
        pojo,
        (field, value) -> {
          if (field.location() == MarshallLocation.PAYLOAD) {
            value(field, field.unmarshallLocationName(), value);
          }
        });
    return this;
  }

  private void value(SdkField<?> field, String name, Object value) {
    switch (field.marshallingType().getKnownType()) {
      case LIST -> list(field, name, value);
      case MAP -> map(field, name, value);
      case SDK_POJO -> open(name).members((SdkPojo) value).close(name);
      case INSTANT ->
          text(
              name,
              WireTimestamps.text((Instant) value, SdkModel.timestamp(field, Format.ISO_8601)));
      case SDK_BYTES -> text(name, base64((SdkBytes) value));
      case DOCUMENT, NULL -> throw new UnsupportedOperationException("a document in an answer");
      default -> text(name, value.toString());
    }
  }

  private void list(SdkField<?> field, String name, Object value) {
    ListTrait trait = field.getTrait(ListTrait.class);
    String member = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
    if (trait.isFlattened()) {
      SdkModel.list(value).forEach(element -> value(SdkModel.member(field), name, element));
      return;
    }
    open(name);
    SdkModel.list(value).forEach(element -> value(SdkModel.member(field), member, element));
    close(name);
  }

  private void map(SdkField<?> field, String name, Object value) {
    MapTrait trait = field.getTrait(MapTrait.class);
    String key = trait.keyLocationName() == null ? "key" : trait.keyLocationName();
    String held = trait.valueLocationName() == null ? "value" : trait.valueLocationName();
    String entry = trait.isFlattened() ? name : "entry";
    if (!trait.isFlattened()) {
      open(name);
    }
    SdkModel.map(value)
        .forEach(
            (k, v) -> {
              open(entry).text(key, k.toString());
              value(SdkModel.value(field), held, v);
              close(entry);
            });
    if (!trait.isFlattened()) {
      close(name);
    }
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> literal(point);
              }
            });
  }

  /** XML 1.0 has no way at all to write most control characters. */
  private void literal(int point) {
    if (point >= ' ' || point == '\n' || point == '\t') {
      out.appendCodePoint(point);
    } else {
      out.append(point == '\r' ? "&#13;" : "?");
    }
  }
}
