package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.wire.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The AWS Query protocol.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">its specification</a>
 */
record Query(ServiceModel model, Exchange exchange) implements ExchangeCheck.Protocol {

  @Override
  public String operation() {
    return form().getOrDefault("Action", "");
  }

  private Map<String, String> form() {
    return Bodies.form(new String(Protocols.body(exchange), StandardCharsets.UTF_8));
  }

  @Override
  public List<String> request(JsonNode operation) {
    List<String> findings = new ArrayList<>();
    if (!ServiceModel.holds(model.root().path("metadata").path("protocols"), "query")) {
      findings.add("the service does not speak query");
    }
    Map<String, String> form = form();
    form.remove("Action");
    String version = form.remove("Version");
    if (!model.metadata("apiVersion").equals(version)) {
      findings.add("Version must be " + model.metadata("apiVersion") + ", is " + version);
    }
    JsonNode input = model.shapeOf(operation, "input");
    findings.addAll(ShapeCheck.of(model, input, new QueryReader(model).read(input, form)));
    return findings;
  }

  @Override
  public List<String> response(JsonNode operation) {
    Element root = XmlReader.parse(exchange.responseBody());
    List<String> findings = new ArrayList<>(root(root, operation() + "Response"));
    for (Element child : XmlReader.children(root)) {
      if (child.getTagName().equals(operation.path("output").path("resultWrapper").asText())) {
        JsonNode output = model.shapeOf(operation, "output");
        findings.addAll(ShapeCheck.of(model, output, new XmlReader(model).read(output, child)));
      } else if (!child.getTagName().equals("ResponseMetadata")) {
        findings.add("must not hold the element " + child.getTagName());
      }
    }
    return findings;
  }

  @Override
  public List<String> error(JsonNode operation) {
    Element root = XmlReader.parse(exchange.responseBody());
    List<String> findings = new ArrayList<>(root(root, "ErrorResponse"));
    Node code = root.getElementsByTagName("Code").item(0);
    if (code == null) {
      findings.add("has no code");
    } else {
      ModeledErrors errors = new ModeledErrors(model, operation);
      findings.addAll(errors.findings(code.getTextContent(), exchange.status()));
    }
    return findings;
  }

  private List<String> root(Element root, String name) {
    List<String> findings = new ArrayList<>();
    if (!root.getTagName().equals(name)) {
      findings.add("must be the element " + name + ", is " + root.getTagName());
    }
    if (!root.getAttribute("xmlns").equals(model.metadata("xmlNamespace"))) {
      findings.add(
          "must be of the namespace %s, is of %s"
              .formatted(model.metadata("xmlNamespace"), root.getAttribute("xmlns")));
    }
    return findings;
  }
}
