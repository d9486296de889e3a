package io.crossfade.localaws.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.wire.ProtocolError.ErrorResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Bodies that are a tree.
 *
 * @param name of the format, for error messages
 */
record TreeCodec(String name, ObjectMapper mapper) {
  private static final RequestReader READER = new RequestReader(ValueEncoding.TYPED);

  void read(byte[] body, SdkPojo builder) {
    READER.read(parse(body), builder);
  }

  private JsonNode parse(byte[] body) {
    try {
      return body.length == 0 ? mapper.createObjectNode() : mapper.readTree(body);
    } catch (IOException e) {
      throw ProtocolError.malformed("the body is not " + name + ": " + e.getMessage());
    }
  }

  byte[] write(SdkPojo response) {
    return write(out -> new TreeWriter(out).structure(response));
  }

  byte[] error(String type, ErrorResponse error) {
    return write(
        out -> {
          out.writeStartObject();
          out.writeStringField("__type", type);
          out.writeStringField("message", error.message());
          if (error.modeled() != null) {
            new TreeWriter(out).members(error.modeled());
          }
          out.writeEndObject();
        });
  }

  private byte[] write(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = mapper.createGenerator(bytes)) {
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private interface Body {
    void write(JsonGenerator out) throws IOException;
  }
}
