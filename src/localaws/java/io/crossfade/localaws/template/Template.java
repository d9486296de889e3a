package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A SAM template as it stands in its file. */
public final class Template {
  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Transform",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Conditions",
          "Globals",
          "Resources",
          "Outputs");
  private static final Set<String> RESOURCE_FIELDS =
      Set.of(
          "Type",
          "Properties",
          "Condition",
          "DependsOn",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "Metadata");

  private final JsonNode root;
  private final Path folder;

  private Template(JsonNode root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** Reads a template; files that it names are looked for beside it. */
  public static Template load(Path templateYaml) {
    try {
      JsonNode root = TemplateYaml.parse(Files.readString(templateYaml));
      only(root, SECTIONS, "the template");
      Globals.check(root.path("Globals"));
      return new Template(root, templateYaml.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names and defaults of its parameters; null where there is no default. */
  public Map<String, String> parameters() {
    Map<String, String> defaults = new LinkedHashMap<>();
    root.path("Parameters")
        .properties()
        .forEach(p -> defaults.put(p.getKey(), p.getValue().path("Default").asText(null)));
    return defaults;
  }

  /**
   * @param parameters the values of those that have no default, or another
   * @throws TemplateError for the first thing that a deployment would refuse or that is not
   *     emulated
   */
  public ResolvedTemplate resolve(Map<String, String> parameters) {
    ParameterValues values = new ParameterValues(root.path("Parameters"), parameters);
    TemplateEvaluation evaluation = new TemplateEvaluation(root, values);
    Map<String, JsonNode> resources = new LinkedHashMap<>();
    root.path("Resources").properties().forEach(r -> requireKnown(r.getKey(), r.getValue()));
    for (Map.Entry<String, JsonNode> resource : root.path("Resources").properties()) {
      if (present(evaluation, resource.getValue())) {
        resources.put(
            resource.getKey(),
            within(resource.getKey(), () -> resolved(evaluation, resource.getValue())));
      }
    }
    return new ResolvedTemplate(
        folder, evaluation, resources, values.described(), outputs(evaluation));
  }

  private void requireKnown(String logicalId, JsonNode resource) {
    String type = resource.path("Type").asText();
    if (!ResourceTypes.knows(type)) {
      throw new TemplateError("resource type not emulated: %s (%s)".formatted(type, logicalId));
    }
    only(resource, RESOURCE_FIELDS, logicalId);
    for (String other : TemplateYaml.JSON.convertValue(dependsOn(resource), String[].class)) {
      if (!root.path("Resources").has(other)) {
        throw new TemplateError(logicalId + ": DependsOn names no resource: " + other);
      }
    }
  }

  private static JsonNode dependsOn(JsonNode resource) {
    JsonNode others = resource.path("DependsOn");
    return others.isArray()
        ? others
        : TemplateYaml.JSON
            .createArrayNode()
            .addAll(others.isMissingNode() ? List.of() : List.of(others));
  }

  private static boolean present(TemplateEvaluation evaluation, JsonNode declared) {
    return !declared.has("Condition")
        || evaluation.conditions().holds(declared.get("Condition").asText());
  }

  private JsonNode resolved(TemplateEvaluation evaluation, JsonNode resource) {
    String type = resource.get("Type").asText();
    ObjectNode resolved = resource.deepCopy();
    JsonNode properties = Globals.merged(root.path("Globals"), type, resource.path("Properties"));
    if (!properties.isMissingNode()) {
      resolved.set("Properties", evaluation.evaluate(properties));
    }
    if (type.equals("AWS::Serverless::Function")) {
      FunctionEvents.check(resolved.path("Properties"));
    }
    return resolved;
  }

  private Map<String, String> outputs(TemplateEvaluation evaluation) {
    Map<String, String> outputs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> output : root.path("Outputs").properties()) {
      if (present(evaluation, output.getValue())) {
        JsonNode value = output.getValue().path("Value");
        String name = output.getKey();
        outputs.put(name, within("Outputs." + name, () -> evaluation.evaluate(value)).asText());
      }
    }
    return outputs;
  }

  private static JsonNode within(String where, Supplier<JsonNode> work) {
    try {
      return work.get();
    } catch (TemplateError e) {
      throw new TemplateError(where + ": " + e.getMessage());
    }
  }

  private static void only(JsonNode node, Set<String> known, String where) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new TemplateError("not emulated: %s in %s".formatted(name, where));
              }
            });
  }
}
