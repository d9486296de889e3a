package io.crossfade.permissions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.iam.AccessDecision.Allowed;
import io.crossfade.localaws.iam.PermissionUse;
import io.crossfade.localaws.iam.PolicyDocument;
import io.crossfade.localaws.iam.PolicyStatement;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.template.ResolvedTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a template allows its functions.
 *
 * @param byFunction the Policies of each function, by its logical id
 */
public record Policies(Map<String, JsonNode> byFunction) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Policies {
    byFunction = new TreeMap<>(byFunction);
  }

  public static Policies of(ResolvedTemplate template) {
    return new Policies(
        template.functions().stream()
            .collect(Collectors.toMap(FunctionResource::logicalId, FunctionResource::policies)));
  }

  /** Every action on every resource, in the order of the template within a function. */
  public List<Permission> permissions() {
    return byFunction.keySet().stream()
        .flatMap(
            function ->
                split(function).statements().stream()
                    .filter(PolicyStatement::allows)
                    .map(statement -> permission(function, statement)))
        .toList();
  }

  /** The first that allows it; empty if none does, or one denies it. */
  Optional<Permission> allowing(PermissionUse use) {
    return byFunction.containsKey(use.function())
            && split(use.function()).decide(use.needed()) instanceof Allowed allowed
        ? Optional.of(permission(use.function(), allowed.by()))
        : Optional.empty();
  }

  private PolicyDocument split(String function) {
    return PolicyDocument.of(byFunction.get(function)).split();
  }

  private static Permission permission(String function, PolicyStatement part) {
    return new Permission(function, part.sid(), part.actions().get(0), part.resources().get(0));
  }

  /** The same without one action of one statement, on whatever resources. */
  Policies without(String function, String statement, String action) {
    return changed(
        function,
        policies ->
            policies
                .findParents("Sid")
                .forEach(
                    found -> {
                      if (found.path("Sid").asText().equals(statement)) {
                        remove((ObjectNode) found, action);
                      }
                    }));
  }

  /**
   * IAM knows no statement without an action, so one that loses its last goes on to say nothing.
   */
  private static void remove(ObjectNode statement, String action) {
    ArrayNode left = JSON.createArrayNode();
    JsonNode actions = statement.path("Action");
    (actions.isArray() ? actions : JSON.createArrayNode().add(actions))
        .forEach(
            each -> {
              if (!each.asText().equals(action)) {
                left.add(each);
              }
            });
    if (left.isEmpty()) {
      statement.put("Effect", "Deny");
      left.add("none:Nothing");
    }
    statement.set("Action", left);
  }

  /** The same with one statement more, "Added", which allows an action on everything. */
  Policies with(String function, String action) {
    ObjectNode statement =
        JSON.createObjectNode()
            .put("Sid", "Added")
            .put("Effect", "Allow")
            .put("Action", action)
            .put("Resource", "*");
    return changed(
        function, policies -> policies.add(JSON.createObjectNode().set("Statement", statement)));
  }

  private Policies changed(String function, java.util.function.Consumer<ArrayNode> change) {
    Map<String, JsonNode> changed = new TreeMap<>(byFunction);
    ArrayNode policies = byFunction.get(function).deepCopy();
    change.accept(policies);
    changed.put(function, policies);
    return new Policies(changed);
  }
}
