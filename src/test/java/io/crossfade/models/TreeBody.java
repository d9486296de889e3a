package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * AWS JSON 1.0 and 1.1, and Smithy RPC v2 CBOR.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1</a>
 * @see <a href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html">RPC v2</a>
 */
record TreeBody(ServiceModel model, Exchange exchange, Format format)
    implements ExchangeCheck.Protocol {

  /** Of the bodies. */
  enum Format {
    JSON("json", Bodies::json) {
      @Override
      String address(Exchange exchange) {
        return Protocols.caseless(exchange.headers()).get("X-Amz-Target");
      }

      @Override
      String addressOf(ServiceModel model, String operation) {
        return model.metadata("targetPrefix") + "." + operation;
      }

      @Override
      String contentType(ServiceModel model) {
        return "application/x-amz-json-" + model.metadata("jsonVersion");
      }
    },
    CBOR("smithy-rpc-v2-cbor", Bodies::cbor) {
      @Override
      String address(Exchange exchange) {
        return exchange.uri();
      }

      @Override
      String addressOf(ServiceModel model, String operation) {
        return "/service/" + model.metadata("targetPrefix") + "/operation/" + operation;
      }

      @Override
      String contentType(ServiceModel model) {
        return "application/cbor";
      }
    };

    private final String protocol;
    private final Function<byte[], JsonNode> parser;

    Format(String protocol, Function<byte[], JsonNode> parser) {
      this.protocol = protocol;
      this.parser = parser;
    }

    /** Where the request names its operation. */
    abstract String address(Exchange exchange);

    abstract String addressOf(ServiceModel model, String operation);

    abstract String contentType(ServiceModel model);
  }

  @Override
  public String operation() {
    return format.address(exchange).replaceAll(".*[./]", "");
  }

  @Override
  public List<String> request(JsonNode operation) {
    List<String> findings = new ArrayList<>();
    if (!ServiceModel.holds(model.root().path("metadata").path("protocols"), format.protocol)) {
      findings.add("the service does not speak " + format.protocol);
    }
    String address = format.addressOf(model, operation());
    if (!format.address(exchange).equals(address)) {
      findings.add("must be sent to " + address + ", not to " + format.address(exchange));
    }
    findings.addAll(contentType(exchange.headers()));
    JsonNode body = format.parser.apply(Protocols.body(exchange));
    findings.addAll(ShapeCheck.of(model, model.shapeOf(operation, "input"), body));
    return findings;
  }

  @Override
  public List<String> response(JsonNode operation) {
    List<String> findings = new ArrayList<>(contentType(exchange.responseHeaders()));
    JsonNode body = format.parser.apply(exchange.responseBody());
    findings.addAll(ShapeCheck.of(model, model.shapeOf(operation, "output"), body));
    return findings;
  }

  @Override
  public List<String> error(JsonNode operation) {
    List<String> findings = new ArrayList<>(contentType(exchange.responseHeaders()));
    JsonNode body = format.parser.apply(exchange.responseBody());
    String name = body.path("__type").asText().replaceAll(".*#", "");
    ModeledErrors errors = new ModeledErrors(model, operation);
    findings.addAll(errors.findings(name, exchange.status()));
    errors
        .byShape(name)
        .ifPresent(shape -> findings.addAll(ShapeCheck.of(model, shape, members(shape, body))));
    return findings;
  }

  /** Without the type, and with the message spelt as in the model: clients take either. */
  private static JsonNode members(JsonNode shape, JsonNode body) {
    ObjectNode members = body.deepCopy();
    members.remove("__type");
    JsonNode message = members.remove("message");
    if (message != null && shape.path("members").has("Message")) {
      members.set("Message", message);
    } else if (message != null && shape.path("members").has("message")) {
      members.set("message", message);
    }
    return members;
  }

  private List<String> contentType(Map<String, String> headers) {
    String expected = format.contentType(model);
    String found = Protocols.caseless(headers).getOrDefault("Content-Type", "missing");
    return found.equals(expected)
        ? List.of()
        : List.of("Content-Type must be " + expected + ", is " + found);
  }
}
