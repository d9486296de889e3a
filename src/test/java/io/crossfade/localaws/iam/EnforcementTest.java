package io.crossfade.localaws.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.Identities;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.Gateway;
import io.crossfade.localaws.wire.SdkClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;

class EnforcementTest {
  private static final String MACHINE = "arn:aws:states:eu-central-1:123456789012:stateMachine:m";

  private final Gateway gateway = new Gateway();
  private final LocalAws aws = new LocalAws(gateway, 60);

  @AfterEach
  void close() {
    aws.close();
    gateway.close();
  }

  private static FunctionResource function(String statements) {
    try {
      return new FunctionResource(
          "PlanFunction",
          "crossfade-PlanFunction",
          Map.of(),
          Duration.ofSeconds(9),
          256,
          new ObjectMapper()
              .readTree("[{'Statement':[%s]}]".formatted(statements).replace('\'', '"')),
          List.of());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Enforcement enforce(String statements) {
    return enforce(statements, AccountResources.NONE);
  }

  private Enforcement enforce(String statements, AccountResources account) {
    Identities identities = Identities.of(List.of(function(statements)));
    return new Enforcement(gateway, identities, MACHINE, account);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return SdkClients.at(gateway.endpoint(), Identities.accessKeyId("PlanFunction"), builder);
  }

  static Stream<Arguments> calls() {
    String ecs = "arn:aws:ecs:eu-central-1:123456789012:";
    String alarm = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:";
    String target = "arn:aws:application-autoscaling:eu-central-1:123456789012:scalable-target/*";
    Action login =
        Action.builder().authenticateCognitoConfig(c -> c.userPoolArn("arn:pool")).build();
    return Stream.of(
        of(
            "ecs",
            DescribeServicesRequest.builder().cluster("c").services("a", "arn:x/c/b").build(),
            "ecs:DescribeServices " + ecs + "service/c/a {ecs:cluster=" + ecs + "cluster/c}",
            "ecs:DescribeServices " + ecs + "service/c/b {ecs:cluster=" + ecs + "cluster/c}"),
        of(
            "ecs",
            UpdateServiceRequest.builder().cluster(ecs + "cluster/c").service("a").build(),
            "ecs:UpdateService " + ecs + "service/c/a {ecs:cluster=" + ecs + "cluster/c}"),
        of(
            "ecs",
            DescribeTaskDefinitionRequest.builder().build(),
            "ecs:DescribeTaskDefinition * {}"),
        of(
            "ecs",
            RegisterTaskDefinitionRequest.builder().family("f").build(),
            "ecs:RegisterTaskDefinition " + ecs + "task-definition/f:* {}"),
        of(
            "ecs",
            RegisterTaskDefinitionRequest.builder()
                .family("f")
                .taskRoleArn("arn:aws:iam::123456789012:role/t")
                .executionRoleArn("e")
                .tags(Tag.builder().key("k").build())
                .build(),
            "ecs:RegisterTaskDefinition " + ecs + "task-definition/f:* {}",
            "iam:PassRole arn:aws:iam::123456789012:role/t {iam:PassedToService=ecs-tasks.amazonaws.com}",
            "iam:PassRole arn:aws:iam::123456789012:role/e {iam:PassedToService=ecs-tasks.amazonaws.com}",
            "ecs:TagResource "
                + ecs
                + "task-definition/f:* {ecs:CreateAction=RegisterTaskDefinition}"),
        of(
            "elasticloadbalancing",
            DescribeRulesRequest.builder().ruleArns("arn:rule").build(),
            "elasticloadbalancing:DescribeRules * {}"),
        of(
            "elasticloadbalancing",
            DescribeListenersRequest.builder().loadBalancerArn("arn:balancer").build(),
            "elasticloadbalancing:DescribeListeners * {}"),
        of(
            "elasticloadbalancing",
            DescribeTargetGroupsRequest.builder().targetGroupArns("arn:group").build(),
            "elasticloadbalancing:DescribeTargetGroups * {}"),
        of(
            "elasticloadbalancing",
            ModifyRuleRequest.builder().ruleArn("arn:rule").build(),
            "elasticloadbalancing:ModifyRule arn:rule {}"),
        of(
            "elasticloadbalancing",
            ModifyListenerRequest.builder().listenerArn("arn:l").defaultActions(login).build(),
            "elasticloadbalancing:ModifyListener arn:l {}",
            "cognito-idp:DescribeUserPoolClient arn:pool {}"),
        of(
            "monitoring",
            DescribeAlarmsRequest.builder().alarmNames("a").build(),
            "cloudwatch:DescribeAlarms " + alarm + "* {}"),
        of(
            "monitoring",
            DescribeAlarmsRequest.builder()
                .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                .build(),
            "cloudwatch:DescribeAlarms * {}"),
        of(
            "monitoring",
            DescribeAlarmHistoryRequest.builder().alarmName("a").build(),
            "cloudwatch:DescribeAlarmHistory " + alarm + "a {}"),
        of(
            "monitoring",
            SetAlarmStateRequest.builder().alarmName("a").build(),
            "cloudwatch:SetAlarmState " + alarm + "a {}"),
        of("monitoring", GetMetricDataRequest.builder().build(), "cloudwatch:GetMetricData * {}"),
        of(
            "application-autoscaling",
            RegisterScalableTargetRequest.builder()
                .serviceNamespace("ecs")
                .scalableDimension("ecs:service:DesiredCount")
                .build(),
            "application-autoscaling:RegisterScalableTarget "
                + target
                + " {application-autoscaling:scalable-dimension=ecs:service:DesiredCount,"
                + " application-autoscaling:service-namespace=ecs}"),
        of(
            "s3",
            GetObjectRequest.builder().bucket("b").key("k/l").build(),
            "s3:GetObject arn:aws:s3:::b/k/l {}"),
        of(
            "s3",
            HeadObjectRequest.builder().bucket("b").key("k").build(),
            "s3:GetObject arn:aws:s3:::b/k {}"),
        of(
            "s3",
            PutObjectRequest.builder().bucket("b").key("k").ifNoneMatch("*").build(),
            "s3:PutObject arn:aws:s3:::b/k {}"),
        of(
            "s3",
            PutObjectRequest.builder().bucket("b").key("k").ifMatch("e").build(),
            "s3:PutObject arn:aws:s3:::b/k {}",
            "s3:GetObject arn:aws:s3:::b/k {}"),
        of(
            "s3",
            ListObjectsV2Request.builder().bucket("b").prefix("p").build(),
            "s3:ListBucket arn:aws:s3:::b {s3:prefix=p}"),
        of("sns", PublishRequest.builder().topicArn("arn:t").build(), "sns:Publish arn:t {}"),
        of(
            "states",
            StartExecutionRequest.builder().stateMachineArn("arn:m").build(),
            "states:StartExecution arn:m {}"),
        of(
            "states",
            StopExecutionRequest.builder().executionArn("arn:e").build(),
            "states:StopExecution arn:e {}"),
        of(
            "states",
            SendTaskSuccessRequest.builder().build(),
            "states:SendTaskSuccess " + MACHINE + " {}"),
        of(
            "secretsmanager",
            GetSecretValueRequest.builder().secretId("arn:s").build(),
            "secretsmanager:GetSecretValue arn:s {}"),
        of(
            "secretsmanager",
            GetSecretValueRequest.builder().secretId("n").build(),
            "secretsmanager:GetSecretValue"
                + " arn:aws:secretsmanager:eu-central-1:123456789012:secret:n-LoCaL1 {}"),
        of(
            "ecs",
            UpdateServiceRequest.builder().service("a").build(),
            "ecs:UpdateService "
                + ecs
                + "service/default/a {ecs:cluster="
                + ecs
                + "cluster/default}"));
  }

  private static Arguments of(String service, Object request, String... needed) {
    return Arguments.of(service, request, List.of(needed));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void everyCallNeedsWhatAwsSays(String service, Object request, List<String> needed) {
    String operation = request.getClass().getSimpleName().replace("Request", "");
    assertThat(
            RequiredPermissions.of(
                new Call(service, operation, "key", request), MACHINE, AccountResources.NONE))
        .extracting(r -> r.action() + " " + r.resource() + " " + new TreeMap<>(r.context()))
        .containsExactlyElementsOf(needed);
  }

  @Test
  void aCallWhosePermissionsNobodyKnowsIsRefusedByName() {
    assertThatThrownBy(
            () ->
                RequiredPermissions.of(
                    new Call("ecs", "StartTask", "key", ""), MACHINE, AccountResources.NONE))
        .hasMessage("not emulated: permissions of ecs:StartTask");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ecs    | 400 | AccessDeniedException | ecs:CreateCluster on resource: *
          elb    | 403 | AccessDenied          | elasticloadbalancing:DescribeRules on resource: *
          alarms | 403 | AccessDenied          | cloudwatch:DescribeAlarms on resource: arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*
          s3     | 403 | AccessDenied          | s3:GetObject on resource: arn:aws:s3:::state/k
          sns    | 403 | AuthorizationError    | sns:Publish on resource: arn:aws:sns:eu-central-1:123456789012:t
          """)
  void whatNoPolicyAllowsIsRefusedInTheServicesOwnShape(
      String service, int status, String code, String what) {
    Enforcement enforcement = enforce("{'Effect':'Allow','Action':'x:y','Resource':'*'}");
    Map<String, Consumer<EnforcementTest>> calls =
        Map.of(
            "ecs", t -> t.client(EcsClient.builder()).createCluster(),
            "elb",
                t ->
                    t.client(ElasticLoadBalancingV2Client.builder())
                        .describeRules(r -> r.ruleArns("x")),
            "alarms", t -> t.client(CloudWatchClient.builder()).describeAlarms(),
            "s3",
                t -> t.client(S3Client.builder()).getObjectAsBytes(r -> r.bucket("state").key("k")),
            "sns",
                t ->
                    t.client(SnsClient.builder())
                        .publish(
                            r ->
                                r.topicArn("arn:aws:sns:eu-central-1:123456789012:t")
                                    .message("m")));
    assertThatThrownBy(() -> calls.get(service).accept(this))
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            error -> {
              assertThat(error.statusCode()).isEqualTo(status);
              assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(error.awsErrorDetails().errorMessage())
                  .isEqualTo(
                      "User: arn:aws:sts::123456789012:assumed-role/crossfade-PlanFunctionRole/crossfade-PlanFunction"
                          + " is not authorized to perform: "
                          + what
                          + " because no identity-based policy allows the "
                          + what.substring(0, what.indexOf(' '))
                          + " action");
            });
    assertThat(enforcement.denied())
        .containsExactly("PlanFunction " + what.replace("on resource: ", ""));
  }

  @Test
  void whatAPolicyAllowsIsDoneAndWrittenDown() {
    Enforcement enforcement =
        enforce(
            "{'Sid':'Make','Effect':'Allow','Action':['ecs:CreateCluster','ecs:StopTask'],"
                + "'Resource':'*'}");
    client(EcsClient.builder()).createCluster(r -> r.clusterName("shop"));
    assertThat(enforcement.used()).containsExactly("PlanFunction Make ecs:CreateCluster");
    assertThat(enforcement.uses())
        .containsExactly(
            new PermissionUse("PlanFunction", AccessRequest.of("ecs:CreateCluster", "*")));
    assertThat(enforcement.unused()).containsExactly("PlanFunction Make ecs:StopTask");
    assertThat(aws.ecs().describeClusters(r -> r.clusters("shop")).clusters()).hasSize(1);
    enforcement.close();
    assertThat(catchThrowable(() -> client(EcsClient.builder()).describeClusters())).isNull();
  }

  @Test
  void anExplicitDenyIsNamedAsOne() {
    enforce(
        "{'Effect':'Allow','Action':'*','Resource':'*'},"
            + "{'Effect':'Deny','Action':'ecs:*','Resource':'*'}");
    assertThatThrownBy(() -> client(EcsClient.builder()).createCluster())
        .hasMessageContaining("with an explicit deny in an identity-based policy");
  }

  @ParameterizedTest(name = "ListBucket: {0}")
  @CsvSource({"false, 403", "true, 404"})
  void aMissingKeyIsASecretToThoseWhoMayNotList(boolean mayList, int status) {
    aws.s3().createBucket("state");
    enforce(
        "{'Effect':'Allow','Action':['s3:GetObject'%s],'Resource':'*'}"
            .formatted(mayList ? ",'s3:ListBucket'" : ""));
    S3Client s3 = client(S3Client.builder());
    assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket("state").key("k")))
        .isInstanceOfSatisfying(
            AwsServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(status));
    assertThatThrownBy(() -> s3.headObject(r -> r.bucket("state").key("k")))
        .isInstanceOfSatisfying(
            AwsServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(status));
  }

  /** By a condition on the tag of what is called, run, seen or stopped. */
  @ParameterizedTest(name = "the tag is {0}")
  @CsvSource({"true, true", "false, false", ", false"})
  void aTagDecidesWhatMayBeCalledRunAndStopped(String tag, boolean allowed) {
    Map<String, String> tags = tag == null ? Map.of() : Map.of("Check", tag);
    aws.lambda().create("f", tags, event -> "{}");
    aws.ecs().createCluster(r -> r.clusterName("c"));
    List<Tag> both =
        tags.entrySet().stream()
            .map(each -> Tag.builder().key(each.getKey()).value(each.getValue()).build())
            .toList();
    String definition =
        aws.ecs()
            .registerTaskDefinition(
                r ->
                    r.family("f")
                        .tags(both)
                        .executionRoleArn("e")
                        .containerDefinitions(
                            ContainerDefinition.builder().name("app").image("i").build()))
            .taskDefinition()
            .taskDefinitionArn();
    enforce(
        "{'Sid':'S','Effect':'Allow','Action':['lambda:InvokeFunction','ecs:RunTask',"
            + "'ecs:StopTask'],'Resource':'*','Condition':{'StringEquals':"
            + "{'aws:ResourceTag/Check':'true'}}},"
            + "{'Sid':'R','Effect':'Allow','Action':['iam:PassRole','ecs:TagResource'],"
            + "'Resource':'*'}",
        aws);
    LambdaClient lambda = client(LambdaClient.builder());
    EcsClient ecs = client(EcsClient.builder());
    String task =
        aws.ecs()
            .runTask(r -> r.cluster("c").taskDefinition(definition).tags(both))
            .tasks()
            .get(0)
            .taskArn();
    List<Throwable> refused =
        Stream.<ThrowingCallable>of(
                () -> lambda.invoke(r -> r.functionName("f")),
                () -> ecs.runTask(r -> r.cluster("c").taskDefinition(definition)),
                () -> ecs.stopTask(r -> r.cluster("c").task(task)))
            .map(org.assertj.core.api.Assertions::catchThrowable)
            .filter(Objects::nonNull)
            .toList();
    assertThat(refused).hasSize(allowed ? 0 : 3);
  }

  @Test
  void whoIsNoFunctionMayDoEverything() {
    enforce("{'Effect':'Allow','Action':'x:y','Resource':'*'}");
    EcsClient test = SdkClients.at(gateway.endpoint(), "AKIASTRANGER", EcsClient.builder());
    assertThat(catchThrowable(test::createCluster)).isNull();
  }
}
