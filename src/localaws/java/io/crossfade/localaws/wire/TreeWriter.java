package io.crossfade.localaws.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.crossfade.localaws.sdk.SdkMembers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Writes the SDK's objects as JSON or as CBOR. */
final class TreeWriter {
  private static final int CBOR_EPOCH_TAG = 1;
  private final JsonGenerator out;

  TreeWriter(JsonGenerator out) {
    this.out = out;
  }

  void structure(SdkPojo pojo) throws IOException {
    out.writeStartObject();
    members(pojo);
    out.writeEndObject();
  }

  void members(SdkPojo pojo) {
    SdkMembers.forEachGiven(pojo, this::member);
  }

  private void member(SdkField<?> field, Object value) {
    try {
      out.writeFieldName(field.locationName());
      value(field, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void value(SdkField<?> field, Object value) throws IOException {
    if (value == null) {
      out.writeNull();
      return;
    }
    switch (field.marshallingType().getKnownType()) {
      case STRING -> out.writeString((String) value);
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case INTEGER, SHORT, BYTE -> out.writeNumber(((Number) value).intValue());
      case LONG -> out.writeNumber((Long) value);
      case FLOAT, DOUBLE -> out.writeNumber(((Number) value).doubleValue());
      case BIG_DECIMAL -> out.writeNumber((BigDecimal) value);
      case INSTANT -> instant(field, (Instant) value);
      case SDK_BYTES -> out.writeBinary(((SdkBytes) value).asByteArrayUnsafe());
      case LIST -> list(field, value);
      case MAP -> map(field, value);
      case SDK_POJO -> structure((SdkPojo) value);
      case DOCUMENT, NULL -> throw new UnsupportedOperationException("a document in an answer");
    }
  }

  private void instant(SdkField<?> field, Instant at) throws IOException {
    if (out instanceof CBORGenerator cbor) {
      cbor.writeTag(CBOR_EPOCH_TAG);
      cbor.writeNumber(at.toEpochMilli() / 1000.0);
      return;
    }
    Format format = SdkModel.timestamp(field, Format.UNIX_TIMESTAMP);
    switch (format) {
      case UNIX_TIMESTAMP -> out.writeNumber(WireTimestamps.epochSeconds(at));
      case UNIX_TIMESTAMP_MILLIS -> out.writeNumber(at.toEpochMilli());
      case ISO_8601, RFC_822 -> out.writeString(WireTimestamps.text(at, format));
    }
  }

  private void list(SdkField<?> field, Object value) throws IOException {
    out.writeStartArray();
    for (Object element : SdkModel.list(value)) {
      value(SdkModel.member(field), element);
    }
    out.writeEndArray();
  }

  private void map(SdkField<?> field, Object value) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : SdkModel.map(value).entrySet()) {
      out.writeFieldName(entry.getKey().toString());
      value(SdkModel.value(field), entry.getValue());
    }
    out.writeEndObject();
  }
}
