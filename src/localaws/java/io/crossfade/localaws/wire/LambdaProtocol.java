package io.crossfade.localaws.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.wire.ProtocolError.ErrorResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/**
 * REST with JSON, as far as Lambda's Invoke has it: the function is in the path, the payload is the
 * body, and the rest is in headers (Lambda API reference, Invoke).
 */
final class LambdaProtocol implements Protocol {
  private static final Pattern INVOCATION =
      Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public boolean speaks(WireRequest request) {
    return request.method().equals("POST") && INVOCATION.matcher(request.path()).matches();
  }

  @Override
  public String operation(WireRequest request) {
    return "Invoke";
  }

  @Override
  public String service(WireRequest request) {
    return "lambda";
  }

  @Override
  public void read(WireRequest request, SdkPojo builder) {
    Matcher path = INVOCATION.matcher(request.path());
    path.matches();
    set(builder, "FunctionName", URLDecoder.decode(path.group(1), StandardCharsets.UTF_8));
    set(builder, "Payload", SdkBytes.fromByteArray(request.body()));
    if (request.query().containsKey("Qualifier")) {
      set(builder, "Qualifier", request.query().get("Qualifier"));
    }
    if (!request.header("X-Amz-Invocation-Type").isEmpty()) {
      set(builder, "InvocationType", request.header("X-Amz-Invocation-Type"));
    }
  }

  private static void set(SdkPojo builder, String member, Object value) {
    builder.sdkFields().stream()
        .filter(field -> field.memberName().equals(member))
        .findFirst()
        .orElseThrow()
        .set(builder, value);
  }

  private static Object get(SdkPojo response, String member) {
    return response.sdkFields().stream()
        .filter(field -> field.memberName().equals(member))
        .findFirst()
        .orElseThrow()
        .getValueOrDefault(response);
  }

  @Override
  public WireResponse writeResponse(WireRequest request, SdkPojo response, String requestId) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Amz-Executed-Version", String.valueOf(get(response, "ExecutedVersion")));
    if (get(response, "FunctionError") != null) {
      headers.put("X-Amz-Function-Error", get(response, "FunctionError").toString());
    }
    SdkBytes payload = (SdkBytes) get(response, "Payload");
    return new WireResponse(200, headers, payload.asByteArray());
  }

  @Override
  public WireResponse writeError(WireRequest request, ErrorResponse error, String requestId) {
    byte[] body =
        JSON.createObjectNode()
            .put("Type", "User")
            .put("Message", error.message())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    return new WireResponse(
        error.status(),
        Map.of("Content-Type", "application/json", "x-amzn-ErrorType", error.code()),
        body);
  }
}
