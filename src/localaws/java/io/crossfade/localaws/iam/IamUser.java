package io.crossfade.localaws.iam;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.sdk.Arns;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A user of the account, with an access key.
 *
 * @param name the last part of the user's ARN
 * @param policies what the user may do
 */
public record IamUser(
    String name, String accessKeyId, String secretAccessKey, PolicyDocument policies) {
  public IamUser {
    Objects.requireNonNull(name);
    Objects.requireNonNull(accessKeyId);
    Objects.requireNonNull(secretAccessKey);
    Objects.requireNonNull(policies);
  }

  /**
   * Who may give commands, and nothing else.
   *
   * @param name of letters, at most 16
   */
  public static IamUser commanding(String name) {
    return of(name, "execute-api:Invoke", "arn:aws:execute-api:*:*:*/$default/POST/commands");
  }

  /** Who may do one thing on one resource. */
  public static IamUser of(String name, String action, String resource) {
    Map<String, Object> statement =
        Map.of("Effect", "Allow", "Action", action, "Resource", resource);
    Map<String, Object> policy = Map.of("Version", "2012-10-17", "Statement", List.of(statement));
    return new IamUser(
        name,
        "AKIA" + "A".repeat(16 - name.length()) + name.toUpperCase(Locale.ROOT),
        "secret-of-" + name,
        PolicyDocument.of(new ObjectMapper().valueToTree(List.of(policy))));
  }

  public String arn() {
    return "arn:aws:iam::%s:user/%s".formatted(Arns.ACCOUNT, name);
  }

  /** Begins with AIDA, as every user's. */
  public String id() {
    return "AIDA" + accessKeyId.substring(4);
  }

  /** Whether the user may call that route of an HTTP API in its default stage. */
  public boolean mayInvoke(String apiId, String method, String path) {
    String resource =
        "arn:aws:execute-api:%s:%s:%s/$default/%s%s"
            .formatted(Arns.REGION, Arns.ACCOUNT, apiId, method, path);
    return policies.decide(AccessRequest.of("execute-api:Invoke", resource))
        instanceof AccessDecision.Allowed;
  }
}
