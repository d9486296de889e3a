package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a deployment of the template would create: every name, ARN and value filled in. */
public final class ResolvedTemplate {
  private final Path folder;
  private final TemplateEvaluation evaluation;
  private final Map<String, JsonNode> resources;
  private final Map<String, String> parameters;
  private final Map<String, String> outputs;

  ResolvedTemplate(
      Path folder,
      TemplateEvaluation evaluation,
      Map<String, JsonNode> resources,
      Map<String, String> parameters,
      Map<String, String> outputs) {
    this.folder = folder;
    this.evaluation = evaluation;
    this.resources = Collections.unmodifiableMap(resources);
    this.parameters = Collections.unmodifiableMap(parameters);
    this.outputs = Collections.unmodifiableMap(outputs);
  }

  public List<FunctionResource> functions() {
    return ofType("AWS::Serverless::Function").entrySet().stream()
        .map(resource -> function(resource.getKey(), resource.getValue()))
        .toList();
  }

  public List<StateMachineResource> stateMachines() {
    return ofType("AWS::Serverless::StateMachine").entrySet().stream()
        .map(resource -> stateMachine(resource.getKey(), resource.getValue()))
        .toList();
  }

  public List<BucketResource> buckets() {
    return ofType("AWS::S3::Bucket").entrySet().stream()
        .map(r -> new BucketResource(r.getKey(), name(r.getKey()), r.getValue()))
        .toList();
  }

  public List<TopicResource> topics() {
    return ofType("AWS::SNS::Topic").entrySet().stream()
        .map(r -> new TopicResource(r.getKey(), name(r.getKey()), ref(r.getKey()), r.getValue()))
        .toList();
  }

  public List<HttpApiResource> httpApis() {
    return HttpApiEvents.apis(this);
  }

  List<HttpRoute> httpRoutes() {
    List<HttpRoute> routes = new ArrayList<>();
    ofType("AWS::Serverless::Function")
        .forEach(
            (id, properties) ->
                FunctionEvents.ofType(HttpApiEvents.TYPE, properties)
                    .values()
                    .forEach(event -> routes.add(HttpApiEvents.route(name(id), event))));
    return routes;
  }

  /** The values of the template's parameters, as CloudFormation describes them. */
  public Map<String, String> parameters() {
    return parameters;
  }

  public Map<String, String> outputs() {
    return outputs;
  }

  /** All resources whose condition holds, as they are after resolving, by logical id. */
  public Map<String, JsonNode> resources() {
    return resources;
  }

  /** A resource with its Type and resolved Properties. */
  public JsonNode resource(String logicalId) {
    JsonNode resource = resources.get(logicalId);
    if (resource == null) {
      throw new TemplateError("no resource " + logicalId);
    }
    return resource;
  }

  /** The resolved properties of all resources of a type, by logical id. */
  public Map<String, JsonNode> ofType(String type) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    resources.forEach(
        (id, resource) -> {
          if (resource.path("Type").asText().equals(type)) {
            found.put(id, resource.path("Properties"));
          }
        });
    return found;
  }

  public synchronized String name(String logicalId) {
    return evaluation.nameOf(logicalId);
  }

  /** What Ref gives for a resource or parameter. */
  public synchronized String ref(String name) {
    return evaluation.ref(name).asText();
  }

  public synchronized String attribute(String logicalId, String attribute) {
    return evaluation.attribute(logicalId, attribute);
  }

  private FunctionResource function(String id, JsonNode properties) {
    Map<String, String> environment = new LinkedHashMap<>();
    properties
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(variable -> environment.put(variable.getKey(), variable.getValue().asText()));
    return new FunctionResource(
        id,
        name(id),
        environment,
        Duration.ofSeconds(properties.path("Timeout").asInt(3)),
        properties.path("MemorySize").asInt(128),
        list(properties.path("Policies")),
        Stream.of(RuleEvents.of(id, properties), ScheduleEvents.of(id, properties))
            .flatMap(List::stream)
            .toList());
  }

  private StateMachineResource stateMachine(String id, JsonNode properties) {
    String text =
        Substitutions.apply(
            id, definition(id, properties), properties.path("DefinitionSubstitutions"));
    return new StateMachineResource(id, name(id), text, list(properties.path("Policies")));
  }

  private String definition(String id, JsonNode properties) {
    if (properties.has("Definition")) {
      return properties.get("Definition").toString();
    }
    Path file = folder.resolve(properties.path("DefinitionUri").asText());
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new TemplateError(id + ": DefinitionUri cannot be read: " + file);
    }
  }

  private static JsonNode list(JsonNode value) {
    if (value.isArray()) {
      return value;
    }
    ArrayNode list = TemplateYaml.JSON.createArrayNode();
    return value.isMissingNode() ? list : list.add(value);
  }
}
