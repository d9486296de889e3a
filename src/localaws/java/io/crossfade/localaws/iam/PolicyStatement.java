package io.crossfade.localaws.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One statement of a policy.
 *
 * @param sid its Sid, or its number if it has none
 */
public record PolicyStatement(
    String sid,
    boolean allows,
    List<String> actions,
    List<String> resources,
    PolicyConditions conditions) {
  private static final Set<String> MEMBERS =
      Set.of("Sid", "Effect", "Action", "Resource", "Condition");

  static PolicyStatement parse(JsonNode statement, int number) {
    String sid = statement.path("Sid").asText("statement " + number);
    statement
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw new PolicyError("%s: not emulated: %s".formatted(sid, name));
              }
            });
    List<String> resources = texts(statement.path("Resource"), sid + ": Resource");
    resources.stream()
        .filter(resource -> resource.contains("${"))
        .forEach(
            resource -> {
              throw new PolicyError(
                  "%s: policy variables not emulated: %s".formatted(sid, resource));
            });
    return new PolicyStatement(
        sid,
        allows(statement.path("Effect").asText(), sid),
        texts(statement.path("Action"), sid + ": Action"),
        resources,
        PolicyConditions.parse(statement.path("Condition"), sid));
  }

  private static boolean allows(String effect, String sid) {
    return switch (effect) {
      case "Allow" -> true;
      case "Deny" -> false;
      default -> throw new PolicyError(sid + ": Effect must be Allow or Deny, found " + effect);
    };
  }

  static List<String> texts(JsonNode oneOrMore, String where) {
    List<String> texts = new ArrayList<>();
    if (oneOrMore.isArray()) {
      oneOrMore.forEach(each -> texts.add(text(each, where)));
    } else {
      texts.add(text(oneOrMore, where));
    }
    if (texts.isEmpty()) {
      throw new PolicyError(where + " is empty");
    }
    return List.copyOf(texts);
  }

  private static String text(JsonNode value, String where) {
    if (!value.isValueNode() || value.isNull()) {
      throw new PolicyError("%s must be text, found %s".formatted(where, value));
    }
    return value.asText();
  }

  /** One statement for each action on each resource. */
  Stream<PolicyStatement> parts() {
    return actions.stream()
        .flatMap(
            action ->
                resources.stream()
                    .map(
                        resource ->
                            new PolicyStatement(
                                sid, allows, List.of(action), List.of(resource), conditions)));
  }

  boolean appliesTo(AccessRequest request) {
    return actions.stream().anyMatch(a -> Wildcards.matchIgnoringCase(a, request.action()))
        && resources.stream().anyMatch(r -> Wildcards.matchArn(r, request.resource()))
        && conditions.hold(request.context());
  }
}
