package io.crossfade.localaws.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.crossfade.localaws.wire.ProtocolError.ErrorResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;

/**
 * <a href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html">Smithy RPC v2
 * CBOR</a>, which CloudWatch's clients speak.
 */
final class CborProtocol implements Protocol {
  private static final Pattern PATH = Pattern.compile("/service/([^/]+)/operation/([^/]+)");
  private static final TreeCodec CBOR = new TreeCodec("CBOR", new ObjectMapper(new CBORFactory()));

  @Override
  public boolean speaks(WireRequest request) {
    return request.header("smithy-protocol").equals("rpc-v2-cbor")
        && PATH.matcher(request.path()).matches();
  }

  @Override
  public String operation(WireRequest request) {
    return part(request, 2);
  }

  @Override
  public String service(WireRequest request) {
    return ServiceNames.ofTarget(part(request, 1));
  }

  private static String part(WireRequest request, int group) {
    Matcher path = PATH.matcher(request.path());
    return path.matches() ? path.group(group) : "";
  }

  @Override
  public void read(WireRequest request, SdkPojo builder) {
    CBOR.read(request.content(), builder);
  }

  @Override
  public WireResponse writeResponse(WireRequest request, SdkPojo response, String requestId) {
    Map<String, String> headers =
        Map.of("Content-Type", "application/cbor", "smithy-protocol", "rpc-v2-cbor");
    return new WireResponse(200, headers, CBOR.write(response));
  }

  /**
   * The body names the error as the model does; the header as the Query protocol did before, which
   * is what clients report as the error code.
   */
  @Override
  public WireResponse writeError(WireRequest request, ErrorResponse error, String requestId) {
    String fault = error.sender() ? "Sender" : "Receiver";
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/cbor",
            "smithy-protocol", "rpc-v2-cbor",
            "x-amzn-query-error", error.code() + ";" + fault);
    byte[] body = CBOR.error("com.amazonaws.cloudwatch#" + error.shape(), error);
    return new WireResponse(error.status(), headers, body);
  }
}
