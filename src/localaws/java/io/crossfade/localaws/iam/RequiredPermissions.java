package io.crossfade.localaws.iam;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.wire.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The permissions that a call requires, by operation. The table holds the operations that functions
 * call. Any other operation is refused by name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
 *     Service Authorization Reference</a>
 */
final class RequiredPermissions {
  private final Call call;
  private final AccountResources account;
  private final RequestMembers in;

  private RequiredPermissions(Call call, AccountResources account) {
    this.call = call;
    this.account = account;
    this.in = new RequestMembers(call.request());
  }

  /**
   * All of them are required.
   *
   * @param stateMachineArn the state machine whose tasks are answered. The reference requires no
   *     resource for an answer, but the service names the state machine when it refuses.
   */
  static List<AccessRequest> of(Call call, String stateMachineArn, AccountResources account) {
    return new RequiredPermissions(call, account).required(stateMachineArn).toList();
  }

  private Stream<AccessRequest> required(String stateMachineArn) {
    return switch (call.name()) {
      case "ecs:CreateCluster", "ecs:DescribeTaskDefinition" -> on("*");
      case "ecs:DescribeServices" -> in.texts("services").stream().map(this::service);
      case "ecs:UpdateService" -> Stream.of(service(in.text("service")));
      case "ecs:RegisterTaskDefinition" -> registerTaskDefinition();
      case "ecs:RunTask" -> runTask();
      case "ecs:DescribeTasks" -> in.texts("tasks").stream().map(this::task);
      case "ecs:StopTask" -> Stream.of(task(in.text("task")));
      case "lambda:Invoke" -> Stream.of(invokeFunction());
      case "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeLoadBalancers",
          "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTargetGroups",
          "elasticloadbalancing:DescribeTargetHealth" ->
          on("*");
      case "elasticloadbalancing:ModifyRule" ->
          Stream.concat(on(in.text("RuleArn")), userPools("Actions"));
      case "elasticloadbalancing:ModifyListener" ->
          Stream.concat(on(in.text("ListenerArn")), userPools("DefaultActions"));
      case "monitoring:DescribeAlarms" -> on(describedAlarms());
      case "monitoring:DescribeAlarmHistory" -> on(alarm(in.text("AlarmName", "*")));
      case "monitoring:SetAlarmState" -> on(alarm(in.text("AlarmName")));
      case "monitoring:GetMetricData" -> on("*");
      case "application-autoscaling:DescribeScalableTargets" -> on("*");
      case "application-autoscaling:RegisterScalableTarget" -> Stream.of(scalableTarget());
      case "s3:GetObject", "s3:HeadObject" -> allow("s3:GetObject", object());
      case "s3:PutObject" -> putObject();
      case "s3:ListObjectsV2" ->
          Stream.of(
              listBucket(in.has("Prefix") ? Map.of("s3:prefix", in.text("Prefix")) : Map.of()));
      case "sns:Publish" -> on(in.text("TopicArn"));
      case "secretsmanager:GetSecretValue" -> on(secret());
      case "states:StartExecution" -> on(in.text("stateMachineArn"));
      case "states:StopExecution", "states:DescribeExecution", "states:GetExecutionHistory" ->
          on(in.text("executionArn"));
      case "states:SendTaskSuccess", "states:SendTaskFailure" -> on(stateMachineArn);
      default ->
          throw new UnsupportedOperationException("not emulated: permissions of " + call.name());
    };
  }

  /** S3 tells only callers that may list the bucket that an object is missing. */
  static List<AccessRequest> toLearnOfMissingObject(Call call) {
    return switch (call.name()) {
      case "s3:GetObject", "s3:HeadObject" ->
          List.of(new RequiredPermissions(call, AccountResources.NONE).listBucket(Map.of()));
      default -> List.of();
    };
  }

  /** The action that has the name of the operation. */
  private String action() {
    return call.name().replace("monitoring:", "cloudwatch:");
  }

  private Stream<AccessRequest> on(String resource) {
    return allow(action(), resource);
  }

  private static Stream<AccessRequest> allow(String action, String resource) {
    return Stream.of(AccessRequest.of(action, resource));
  }

  private AccessRequest service(String nameOrArn) {
    String cluster = Arns.lastPart(in.text("cluster", "default"));
    return new AccessRequest(
        action(),
        Arns.of("ecs", "service/%s/%s".formatted(cluster, Arns.lastPart(nameOrArn))),
        Map.of("ecs:cluster", Arns.of("ecs", "cluster/" + cluster)));
  }

  /** Passing roles to tasks and tagging what is created are permissions of their own. */
  private Stream<AccessRequest> registerTaskDefinition() {
    String definition = Arns.of("ecs", "task-definition/" + in.text("family") + ":*");
    Stream<AccessRequest> roles =
        Stream.of("taskRoleArn", "executionRoleArn")
            .map(in::text)
            .filter(role -> !role.isEmpty())
            .distinct()
            .map(RequiredPermissions::passRole);
    Stream<AccessRequest> tags =
        in.has("tags")
            ? Stream.of(
                new AccessRequest(
                    "ecs:TagResource",
                    definition,
                    Map.of("ecs:CreateAction", "RegisterTaskDefinition")))
            : Stream.empty();
    return Stream.of(on(definition), roles, tags).flatMap(each -> each);
  }

  /** Of the tags of a resource, as condition keys. */
  private Map<String, String> tagged(String arn) {
    Map<String, String> context = new HashMap<>();
    account.tags(arn).forEach((key, value) -> context.put("aws:ResourceTag/" + key, value));
    return context;
  }

  private String cluster() {
    return Arns.lastPart(in.text("cluster", "default"));
  }

  private Stream<AccessRequest> runTask() {
    String definition = in.text("taskDefinition");
    Map<String, String> context = tagged(definition);
    context.put("ecs:cluster", Arns.of("ecs", "cluster/" + cluster()));
    Stream<AccessRequest> roles =
        account.roles(definition).stream().distinct().map(RequiredPermissions::passRole);
    Stream<AccessRequest> tags =
        in.has("tags")
            ? Stream.of(
                new AccessRequest(
                    "ecs:TagResource",
                    Arns.of("ecs", "task/%s/*".formatted(cluster())),
                    Map.of("ecs:CreateAction", "RunTask")))
            : Stream.empty();
    return Stream.of(Stream.of(new AccessRequest(action(), definition, context)), roles, tags)
        .flatMap(each -> each);
  }

  private AccessRequest task(String arn) {
    Map<String, String> context = tagged(arn);
    context.put("ecs:cluster", Arns.of("ecs", "cluster/" + cluster()));
    return new AccessRequest(action(), arn, context);
  }

  private AccessRequest invokeFunction() {
    String name = in.text("FunctionName");
    String arn = name.startsWith("arn:") ? name : Arns.of("lambda", "function:" + name);
    return new AccessRequest("lambda:InvokeFunction", arn, tagged(arn));
  }

  private static AccessRequest passRole(String nameOrArn) {
    String arn =
        nameOrArn.startsWith("arn:")
            ? nameOrArn
            : "arn:aws:iam::%s:role/%s".formatted(Arns.ACCOUNT, nameOrArn);
    return new AccessRequest(
        "iam:PassRole", arn, Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com"));
  }

  /**
   * A caller that writes a Cognito login into a rule must be allowed to read the login's client.
   */
  private Stream<AccessRequest> userPools(String actions) {
    return in.structures(actions).stream()
        .filter(each -> each.has("AuthenticateCognitoConfig"))
        .map(each -> each.structure("AuthenticateCognitoConfig").text("UserPoolArn"))
        .map(pool -> AccessRequest.of("cognito-idp:DescribeUserPoolClient", pool));
  }

  /** Reading composite alarms requires {@code *}. */
  private String describedAlarms() {
    return in.texts("AlarmTypes").contains("CompositeAlarm") ? "*" : alarm("*");
  }

  private static String alarm(String name) {
    return Arns.of("cloudwatch", "alarm:" + name);
  }

  private AccessRequest scalableTarget() {
    return new AccessRequest(
        action(),
        Arns.of("application-autoscaling", "scalable-target/*"),
        Map.of(
            "application-autoscaling:service-namespace", in.text("ServiceNamespace"),
            "application-autoscaling:scalable-dimension", in.text("ScalableDimension")));
  }

  private String object() {
    return "arn:aws:s3:::%s/%s".formatted(in.text("Bucket"), in.text("Key"));
  }

  /**
   * A write that depends on the object's ETag reveals something of the object.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
   *     writes</a>
   */
  private Stream<AccessRequest> putObject() {
    Stream<AccessRequest> read =
        in.has("IfMatch") ? allow("s3:GetObject", object()) : Stream.empty();
    return Stream.concat(on(object()), read);
  }

  private AccessRequest listBucket(Map<String, String> context) {
    return new AccessRequest("s3:ListBucket", "arn:aws:s3:::" + in.text("Bucket"), context);
  }

  /** The ARN of a secret has six more characters than its name. */
  private String secret() {
    String nameOrArn = in.text("SecretId");
    return nameOrArn.startsWith("arn:")
        ? nameOrArn
        : Arns.of("secretsmanager", "secret:" + nameOrArn + "-LoCaL1");
  }
}
