package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * S3's REST, with the bucket in the path. The content of an object is not looked at. Neither are
 * error codes: S3's model does not hold them.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html">REST XML</a>
 */
record RestXml(ServiceModel model, Exchange exchange) implements ExchangeCheck.Protocol {
  /** Of signatures, chunked bodies and the SDKs themselves. */
  private static final Set<String> TRANSPORT =
      Set.of(
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-decoded-content-length",
          "x-amz-security-token",
          "x-amz-te",
          "x-amz-trailer",
          "x-amz-user-agent");

  @Override
  public String operation() {
    return template().path("name").asText();
  }

  /** The operation that asks the most of a request and fits; missing where none does. */
  private JsonNode template() {
    JsonNode best = JsonNodeFactory.instance.missingNode();
    int most = -1;
    for (JsonNode operation : model.operations()) {
      RestUri uri = RestUri.of(operation.path("http").path("requestUri").asText());
      List<Boolean> required = requiredBesideThePath(operation);
      int asked = uri.query().size() + required.size();
      if (operation.path("http").path("method").asText().equals(exchange.method())
          && uri.fits(path(), query())
          && !required.contains(false)
          && asked > most) {
        best = operation;
        most = asked;
      }
    }
    return best;
  }

  /**
   * For each member that must be in a header or in the query, whether it is: CopyObject differs
   * from PutObject by a header alone.
   */
  private List<Boolean> requiredBesideThePath(JsonNode operation) {
    JsonNode input = model.shapeOf(operation, "input");
    Map<String, String> headers = Protocols.caseless(exchange.headers());
    List<Boolean> there = new ArrayList<>();
    for (JsonNode required : input.path("required")) {
      JsonNode member = input.path("members").path(required.asText());
      String name = member.path("locationName").asText();
      switch (member.path("location").asText()) {
        case "header" -> there.add(headers.containsKey(name));
        case "querystring" -> there.add(query().containsKey(name));
        default -> {}
      }
    }
    return there;
  }

  private String path() {
    return exchange.uri().split("\\?", 2)[0];
  }

  private Map<String, String> query() {
    String[] parts = exchange.uri().split("\\?", 2);
    return Bodies.form(parts.length == 2 ? parts[1] : "");
  }

  @Override
  public List<String> request(JsonNode operation) {
    RestUri uri = RestUri.of(operation.path("http").path("requestUri").asText());
    JsonNode input = model.shapeOf(operation, "input");
    Map<String, String> query = query();
    query.remove("x-id");
    uri.query().keySet().forEach(query::remove);
    Map<String, String> headers = Protocols.caseless(exchange.headers());
    headers.keySet().removeIf(name -> isTransport(name.toLowerCase(Locale.ROOT)));
    ObjectNode read = located(input, headers);
    uri.labels(path()).forEach(read::put);
    take(input, "querystring", query, read, Scalars.BODY);
    query.forEach((name, value) -> read.put("?" + name, value));
    if (exchange.body().length > 0 && exchange.body()[0] == '<') {
      body(input, exchange.body(), read);
    }
    return ShapeCheck.of(model, input, read);
  }

  @Override
  public List<String> response(JsonNode operation) {
    List<String> findings = new ArrayList<>();
    int status = operation.path("http").path("responseCode").asInt(200);
    if (exchange.status() != status) {
      findings.add("must have the status " + status + ", has " + exchange.status());
    }
    JsonNode output = model.shapeOf(operation, "output");
    Map<String, String> headers = Protocols.caseless(exchange.responseHeaders());
    if (!output.has("payload") && exchange.responseBody().length > 0) {
      headers.remove("Content-Type");
    }
    ObjectNode read = located(output, headers);
    if (!output.has("payload") && exchange.responseBody().length > 0) {
      body(output, exchange.responseBody(), read);
    }
    findings.addAll(ShapeCheck.of(model, output, read));
    return findings;
  }

  @Override
  public List<String> error(JsonNode operation) {
    return List.of();
  }

  /** The members that travel in headers; a header of S3 that is no member under its own name. */
  private ObjectNode located(JsonNode shape, Map<String, String> headers) {
    ObjectNode read = JsonNodeFactory.instance.objectNode();
    take(shape, "header", headers, read, Scalars.HEADER);
    for (Map.Entry<String, JsonNode> member : shape.path("members").properties()) {
      if (member.getValue().path("location").asText().equals("headers")) {
        metadata(member, headers, read);
      }
    }
    headers.forEach(
        (name, value) -> {
          if (name.toLowerCase(Locale.ROOT).startsWith("x-amz-")) {
            read.put(name.toLowerCase(Locale.ROOT), value);
          }
        });
    return read;
  }

  private static void metadata(
      Map.Entry<String, JsonNode> member, Map<String, String> headers, ObjectNode read) {
    String prefix = member.getValue().path("locationName").asText();
    for (String name : List.copyOf(headers.keySet())) {
      if (name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        read.withObjectProperty(member.getKey())
            .put(name.substring(prefix.length()), headers.remove(name));
      }
    }
  }

  private void take(
      JsonNode shape,
      String location,
      Map<String, String> values,
      ObjectNode read,
      Scalars scalars) {
    shape
        .path("members")
        .properties()
        .forEach(
            member -> {
              String value =
                  member.getValue().path("location").asText().equals(location)
                      ? values.remove(member.getValue().path("locationName").asText())
                      : null;
              if (value != null) {
                read.set(member.getKey(), scalars.typed(model.target(member.getValue()), value));
              }
            });
  }

  /** The members of the body beside those that were read already. */
  private void body(JsonNode shape, byte[] xml, ObjectNode read) {
    JsonNode payload = shape.path("members").path(shape.path("payload").asText());
    XmlReader reader = new XmlReader(model);
    if (payload.isMissingNode()) {
      read.setAll((ObjectNode) reader.read(shape, XmlReader.parse(xml)));
    } else {
      read.set(
          shape.path("payload").asText(), reader.read(model.target(payload), XmlReader.parse(xml)));
    }
  }

  /** A checksum stands for the body; the SDKs send one also where the model has none. */
  private static boolean isTransport(String header) {
    return TRANSPORT.contains(header) || header.startsWith("x-amz-checksum-");
  }
}
