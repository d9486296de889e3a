package io.crossfade.localaws.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.wire.ProtocolError.ErrorResponse;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** AWS JSON 1.0 and 1.1: the operation is in {@code X-Amz-Target}. */
final class JsonProtocol implements Protocol {
  private static final TreeCodec JSON = new TreeCodec("JSON", new ObjectMapper());

  @Override
  public boolean speaks(WireRequest request) {
    return target(request).contains(".");
  }

  @Override
  public String operation(WireRequest request) {
    return target(request).substring(target(request).lastIndexOf('.') + 1);
  }

  @Override
  public String service(WireRequest request) {
    return ServiceNames.ofTarget(target(request).substring(0, target(request).lastIndexOf('.')));
  }

  private static String target(WireRequest request) {
    return request.header("X-Amz-Target");
  }

  @Override
  public void read(WireRequest request, SdkPojo builder) {
    JSON.read(request.content(), builder);
  }

  @Override
  public WireResponse writeResponse(WireRequest request, SdkPojo response, String requestId) {
    Map<String, String> headers = Map.of("Content-Type", contentType(request));
    return new WireResponse(200, headers, JSON.write(response));
  }

  @Override
  public WireResponse writeError(WireRequest request, ErrorResponse error, String requestId) {
    Map<String, String> headers =
        Map.of("Content-Type", contentType(request), "x-amzn-errortype", error.code());
    byte[] body = JSON.error("com.amazonaws#" + error.code(), error);
    return new WireResponse(error.status(), headers, body);
  }

  private static String contentType(WireRequest request) {
    String asked = request.header("Content-Type");
    return asked.startsWith("application/x-amz-json-") ? asked : "application/x-amz-json-1.1";
  }
}
