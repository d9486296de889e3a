package io.crossfade.permissions;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.template.ResolvedTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes docs/permissions.md from the template and from what is argued for. */
public final class PermissionsDoc {
  static final Path FILE = Path.of("docs/permissions.md");
  private static final int ARN_PARTS = 6;

  /** Parameters show by name what a deployment would fill in. */
  private static final ResolvedTemplate TEMPLATE =
      Stack.template(
          "CLUSTER",
          Map.of(
              "LoadBalancerName", "LOAD-BALANCER",
              "TaskRoleName", "TASK-ROLE",
              "ArtifactBucket", "artifact-bucket",
              "SlackSecretArn", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:SLACK",
              "SlackChannel", "C0LOCAL",
              "SlackTeamId", "T0LOCAL",
              "SlackAppId", "A0LOCAL",
              "SlackApprovers", ""));

  private PermissionsDoc() {}

  public static void write() {
    try {
      Files.writeString(FILE, text(Argued.read()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Argued argued) {
    List<String> parts = new ArrayList<>();
    parts.add(
        """
        # Permissions

        What each function may do with what is released. `template.yaml` says so; this page is generated from it. The stories run
        the packaged functions against a local AWS that enforces these policies: a call that is not listed here fails, and a
        line here that no story uses fails, too. `src/test/resources/permissions/used.json` records what was used.

        Account and region are always the stack's own and left out; the stack is named `crossfade`; what stands in capitals,
        and `artifact-bucket`, are parameters. After a change of a policy `%s` renews this page
        and the record.

        The SAM translator adds two managed policies to the role of every function, and they are on every resource:

        | policy | may |
        |---|---|
        | `AWSLambdaBasicExecutionRole` | `logs:CreateLogGroup`, `logs:CreateLogStream`, `logs:PutLogEvents` |
        | `AWSXrayWriteOnlyAccess` | `xray:PutTraceSegments`, `xray:PutTelemetryRecords`, `xray:GetSamplingRules`, `xray:GetSamplingTargets`, `xray:GetSamplingStatisticSummaries` |

        So a function can write into any log group and any trace of the account, and can read neither. To `GuardianFunction` and
        `AlarmGuardFunction` it adds `sns:Publish` on the topic, for the events that they could not handle.

        ## Who may invoke `CommandFunction`

        API Gateway puts the signer's ARN into the event, and the function believes it. Whoever may do `lambda:InvokeFunction` on
        `CommandFunction` can hand over an event of their own with any name in it. Nobody but API Gateway needs that permission; do not
        give it to people or pipelines, in a policy on `*` either.

        The ARN of a role's session ends in a name that whoever assumes the role chooses, unless the role's trust policy fixes
        `sts:RoleSessionName`, such as to `${aws:username}`. The role itself nobody can choose.
        """
            .formatted(UsedRecord.RENEW));
    TEMPLATE.functions().forEach(function -> parts.add(section(function)));
    parts.add(everyResource(argued));
    parts.add(unused(argued));
    return String.join("\n", parts);
  }

  private static String section(FunctionResource function) {
    String description =
        TEMPLATE.resource(function.logicalId()).path("Properties").path("Description").asText();
    List<String> rows = new ArrayList<>();
    function
        .policies()
        .forEach(policy -> statements(policy).forEach(statement -> rows.add(row(statement))));
    return """
        ## %s

        %s.

        | to | may | on |
        |---|---|---|
        %s
        """
        .formatted(function.logicalId(), description, String.join("\n", rows));
  }

  private static List<JsonNode> statements(JsonNode policy) {
    return list(policy.path("Statement"));
  }

  private static String row(JsonNode statement) {
    String where =
        list(statement.path("Resource")).stream()
            .map(resource -> "`" + resource(resource.asText()) + "`")
            .collect(Collectors.joining(", "));
    String actions =
        list(statement.path("Action")).stream()
            .map(action -> "`" + action.asText() + "`")
            .collect(Collectors.joining(", "));
    return "| %s | %s | %s%s |"
        .formatted(
            words(statement.path("Sid").asText()),
            actions,
            where,
            condition(statement.path("Condition")));
  }

  /** "StoreSnapshot" says why: "store snapshot". */
  static String words(String sid) {
    return sid.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /** What is left of an ARN once everything is gone that is the same in all of them. */
  static String resource(String arn) {
    String[] parts = arn.split(":", ARN_PARTS);
    return parts[parts.length - 1];
  }

  private static String condition(JsonNode operators) {
    List<String> conditions = new ArrayList<>();
    operators.forEach(
        keys ->
            keys.properties()
                .forEach(
                    key ->
                        conditions.add(
                            "`%s` is `%s`".formatted(key.getKey(), key.getValue().asText()))));
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  private static String everyResource(Argued argued) {
    String chosen =
        argued.everyResource().stream()
            .map(each -> "- `%s`: %s\n".formatted(each.action(), each.because()))
            .collect(Collectors.joining());
    return """
        ## Why `*`

        Most actions on `*` know no resources. These do:

        %s"""
        .formatted(chosen);
  }

  private static String unused(Argued argued) {
    String listed =
        argued.unused().stream()
            .map(each -> "- `%s`: %s\n".formatted(each, each.because()))
            .collect(Collectors.joining());
    return """
        ## Allowed and used by no story

        %s"""
        .formatted(listed.isEmpty() ? "Nothing.\n" : listed);
  }

  private static List<JsonNode> list(JsonNode oneOrMore) {
    List<JsonNode> all = new ArrayList<>();
    (oneOrMore.isArray() ? oneOrMore : List.of(oneOrMore)).forEach(all::add);
    return all;
  }
}
