package io.crossfade.localaws.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.iam.AccessDecision.Allowed;
import io.crossfade.localaws.iam.AccessDecision.ExplicitDeny;
import io.crossfade.localaws.iam.AccessDecision.ImplicitDeny;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of all policies of one identity. */
public record PolicyDocument(List<PolicyStatement> statements) {
  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /**
   * @param policies as SAM's Policies property lists them; of its forms only policies written out
   * @throws PolicyError for another form and for what is not emulated
   */
  public static PolicyDocument of(JsonNode policies) {
    List<PolicyStatement> statements = new ArrayList<>();
    for (JsonNode policy : policies) {
      JsonNode listed = policy.path("Statement");
      if (listed.isMissingNode()) {
        throw new PolicyError("not emulated: policy " + policy);
      }
      for (JsonNode statement : listed.isArray() ? listed : List.of(listed)) {
        statements.add(PolicyStatement.parse(statement, statements.size() + 1));
      }
    }
    return new PolicyDocument(statements);
  }

  /** The same, with one action on one resource in each statement. */
  public PolicyDocument split() {
    return new PolicyDocument(statements.stream().flatMap(PolicyStatement::parts).toList());
  }

  public AccessDecision decide(AccessRequest request) {
    return first(request, false)
        .<AccessDecision>map(ExplicitDeny::new)
        .or(() -> first(request, true).map(Allowed::new))
        .orElseGet(ImplicitDeny::new);
  }

  private Optional<PolicyStatement> first(AccessRequest request, boolean allowing) {
    return statements.stream()
        .filter(statement -> statement.allows() == allowing && statement.appliesTo(request))
        .findFirst();
  }
}
