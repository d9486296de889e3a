package io.crossfade.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.wire.ProtocolError.ErrorResponse;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** The AWS Query protocol: {@code Action=…&Foo.member.1=…} in, XML out. */
final class QueryProtocol implements Protocol {
  private static final Set<String> ENVELOPE = Set.of("Action", "Version");
  private static final RequestReader READER = new RequestReader(ValueEncoding.QUERY);

  @Override
  public boolean speaks(WireRequest request) {
    return request.form().containsKey("Action");
  }

  @Override
  public String operation(WireRequest request) {
    return request.form().get("Action");
  }

  @Override
  public String service(WireRequest request) {
    return ServiceNames.ofVersion(request.form().getOrDefault("Version", ""));
  }

  @Override
  public void read(WireRequest request, SdkPojo builder) {
    READER.read(tree(request.form()), builder);
  }

  private static ObjectNode tree(Map<String, String> form) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    form.forEach(
        (name, value) -> {
          if (!ENVELOPE.contains(name) && !name.startsWith("X-Amz-")) {
            put(root, name.split("\\.", -1), value);
          }
        });
    return root;
  }

  private static void put(ObjectNode root, String[] path, String value) {
    ObjectNode at = root;
    for (int i = 0; i < path.length - 1; i++) {
      JsonNode next = at.path(path[i]);
      at = next.isObject() ? (ObjectNode) next : at.putObject(path[i]);
    }
    at.put(path[path.length - 1], value);
  }

  @Override
  public WireResponse writeResponse(WireRequest request, SdkPojo response, String requestId) {
    String operation = operation(request);
    byte[] body =
        new XmlWriter()
            .open(operation + "Response", namespace(request))
            .open(operation + "Result")
            .members(response)
            .close(operation + "Result")
            .open("ResponseMetadata")
            .text("RequestId", requestId)
            .close("ResponseMetadata")
            .close(operation + "Response")
            .bytes();
    return xml(200, body);
  }

  @Override
  public WireResponse writeError(WireRequest request, ErrorResponse error, String requestId) {
    byte[] body =
        new XmlWriter()
            .open("ErrorResponse", namespace(request))
            .open("Error")
            .text("Type", error.sender() ? "Sender" : "Receiver")
            .text("Code", error.code())
            .text("Message", error.message())
            .close("Error")
            .text("RequestId", requestId)
            .close("ErrorResponse")
            .bytes();
    return xml(error.status(), body);
  }

  private String namespace(WireRequest request) {
    String version = request.form().getOrDefault("Version", "");
    String service = ServiceNames.ofVersion(version);
    String scheme = service.equals("sts") ? "https" : "http";
    return "%s://%s.amazonaws.com/doc/%s/".formatted(scheme, service, version);
  }

  private static WireResponse xml(int status, byte[] body) {
    return new WireResponse(status, Map.of("Content-Type", "text/xml"), body);
  }
}
