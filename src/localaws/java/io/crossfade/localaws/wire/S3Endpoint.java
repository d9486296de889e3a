package io.crossfade.localaws.wire;

import io.crossfade.localaws.storage.LocalS3;
import io.crossfade.localaws.wire.ProtocolError.ErrorResponse;
import io.crossfade.localaws.wire.S3Operation.S3Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkPojo;

/** S3's REST/XML in front of the storage. */
final class S3Endpoint {
  /** The services that speak REST with XML. All others of REST speak JSON. */
  private static final Set<String> XML_SERVICES =
      Set.of("s3", "s3express", "route53", "cloudfront");

  private static final Protocol JSON = new JsonProtocol();

  private final CallInterceptors calls;
  private volatile LocalS3 storage;

  S3Endpoint(CallInterceptors calls) {
    this.calls = calls;
  }

  void open(LocalS3 behind) {
    this.storage = behind;
  }

  WireResponse respond(WireRequest request, Caller caller, String requestId) {
    S3Address address = S3Address.of(request);
    try {
      return answer(run(request, address, caller));
    } catch (DroppedConnection lost) {
      throw lost;
    } catch (RuntimeException | Error e) {
      ErrorResponse error = ErrorResponses.of(e, describe(request, caller));
      return XML_SERVICES.contains(service(caller))
          ? writeError(request, error, requestId)
          : JSON.writeError(request, error, requestId);
    }
  }

  private S3Answer run(WireRequest request, S3Address address, Caller caller) {
    LocalS3 s3 = storage;
    S3Operation operation =
        S3Operation.of(request.method(), address)
            .filter(found -> s3 != null && service(caller).equals("s3"))
            .orElseThrow(() -> ProtocolError.notEmulated(describe(request, caller)));
    ChunkedBody body = ChunkedBody.of(request);
    Object parameters = parameters(request, address, operation, body);
    Call call = new Call("s3", operation.wireName(), caller.accessKeyId(), parameters);
    return calls.run(call, () -> operation.run(s3, parameters, body.content()), S3Answer::response);
  }

  private static Object parameters(
      WireRequest request, S3Address address, S3Operation operation, ChunkedBody body) {
    SdkPojo builder = operation.requestBuilder();
    S3Headers.read(request.query(), headers(request, body), address, builder);
    return SdkModel.build(builder);
  }

  /** The headers of the same request without chunks. */
  private static Map<String, String> headers(WireRequest request, ChunkedBody body) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    headers.putAll(body.trailers());
    if (headers.remove("Content-Length") != null) {
      headers.put("Content-Length", Integer.toString(body.content().length));
    }
    String encoding = request.header("Content-Encoding").replaceAll("aws-chunked,?\\s*", "");
    headers.remove("Content-Encoding");
    if (!encoding.isEmpty()) {
      headers.put("Content-Encoding", encoding);
    }
    return headers;
  }

  /** Requests in a protocol that is not emulated arrive here too. */
  private static String service(Caller caller) {
    return caller.service().isEmpty() ? "s3" : caller.service();
  }

  private static String describe(WireRequest request, Caller caller) {
    String query =
        request.query().isEmpty() ? "" : "?" + String.join("&", request.query().keySet());
    return service(caller) + ":" + request.method() + " " + request.path() + query;
  }

  private static WireResponse answer(S3Answer answer) {
    Map<String, String> headers = new LinkedHashMap<>(S3Headers.write(answer.response()));
    if (answer.body().length > 0) {
      headers.putIfAbsent("Content-Type", "application/xml");
    }
    return new WireResponse(answer.status(), headers, answer.body());
  }

  /** An answer to HEAD has no body, so its status is all that the caller learns. */
  private static WireResponse writeError(
      WireRequest request, ErrorResponse error, String requestId) {
    Map<String, String> headers = Map.of("Content-Type", "application/xml");
    byte[] body = request.method().equals("HEAD") ? new byte[0] : error(request, error, requestId);
    return new WireResponse(error.status(), headers, body);
  }

  private static byte[] error(WireRequest request, ErrorResponse error, String requestId) {
    return new XmlWriter()
        .open("Error")
        .text("Code", error.code())
        .text("Message", error.message())
        .text("Resource", request.path())
        .text("RequestId", requestId)
        .close("Error")
        .bytes();
  }
}
