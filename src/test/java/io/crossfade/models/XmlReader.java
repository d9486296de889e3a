package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Reads XML by the model, of the Query protocol's responses and of S3. What does not fit is kept
 * under its own name, so that {@link ShapeCheck} finds it.
 */
record XmlReader(ServiceModel model) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * @throws IllegalArgumentException if that is not XML
   */
  static Element parse(byte[] xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new IllegalArgumentException("not XML: " + e.getMessage(), e);
    }
  }

  static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  JsonNode read(JsonNode shape, Element element) {
    return switch (shape.path("type").asText()) {
      case "structure" -> structure(shape, element);
      case "list" -> list(shape, element);
      case "map" -> map(shape, element);
      default ->
          children(element).isEmpty()
              ? Scalars.BODY.typed(shape, element.getTextContent())
              : untyped(element);
    };
  }

  private ObjectNode structure(JsonNode shape, Element element) {
    ObjectNode read = NODES.objectNode();
    for (Element child : children(element)) {
      String name = WireNames.member(shape, child.getTagName());
      JsonNode reference = shape.path("members").path(name);
      if (reference.isMissingNode()) {
        read.set(name, untyped(child));
      } else {
        member(read, name, model.target(reference), child);
      }
    }
    return read;
  }

  private void member(ObjectNode structure, String name, JsonNode shape, Element child) {
    if (shape.path("type").asText().equals("list") && WireNames.flattened(shape)) {
      ArrayNode list =
          structure.path(name) instanceof ArrayNode begun ? begun : structure.putArray(name);
      list.add(read(model.target(shape.path("member")), child));
    } else if (structure.has(name)) {
      structure.put(name, "stands twice");
    } else {
      structure.set(name, read(shape, child));
    }
  }

  private JsonNode list(JsonNode shape, Element element) {
    ArrayNode read = NODES.arrayNode();
    String name = WireNames.of(shape, "member", "member");
    for (Element child : children(element)) {
      if (!child.getTagName().equals(name)) {
        return untyped(element);
      }
      read.add(read(model.target(shape.path("member")), child));
    }
    return read;
  }

  private JsonNode map(JsonNode shape, Element element) {
    ObjectNode read = NODES.objectNode();
    for (Element entry : children(element)) {
      List<Element> pair = children(entry);
      if (!entry.getTagName().equals("entry")
          || pair.size() != 2
          || !pair.get(0).getTagName().equals(WireNames.of(shape, "key", "key"))
          || !pair.get(1).getTagName().equals(WireNames.of(shape, "value", "value"))) {
        return TextNode.valueOf(element.getTextContent());
      }
      read.set(pair.get(0).getTextContent(), read(model.target(shape.path("value")), pair.get(1)));
    }
    return read;
  }

  private static JsonNode untyped(Element element) {
    return TextNode.valueOf(element.getTextContent());
  }
}
