package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.infrastructure.Tool;
import io.crossfade.localaws.Account;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.lambda.FakeArtifact;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.site.BookingSite;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** Reads the account of a rehearsal with boto3 and the AWS CLI. */
class OtherClientsTest {
  private static final Map<String, String> ENVIRONMENT =
      new HashMap<>(
          Map.of(
              "AWS_DEFAULT_REGION", "eu-central-1",
              "AWS_ACCESS_KEY_ID", "me",
              "AWS_SECRET_ACCESS_KEY", "any",
              "AWS_MAX_ATTEMPTS", "1",
              "AWS_PAGER", "",
              "PYTHONIOENCODING", "utf-8"));

  @TempDir static Path work;
  private static Account account;
  private static FunctionHost host;
  private static Stack stack;

  /** The functions only repeat what they are told, so the release fails at once. */
  @BeforeAll
  static void rehearse() throws IOException {
    account = new Account();
    new BookingSite(account.aws(), BookingSite.Names.SAMPLE).awaitHealthy();
    ResolvedTemplate template = Stack.template("site");
    host =
        Stack.host(template, FakeArtifact.write(work), work.resolve("run"), endpoint(), Map.of());
    stack = new Stack(account.aws(), host, template);
    stack.await(stack.start("rehearsal", "{}"));
    ENVIRONMENT.put("AWS_ENDPOINT_URL", endpoint().toString());
    ENVIRONMENT.put("AWS_CONFIG_FILE", work.resolve("none").toString());
    Await.until("every alarm is evaluated", OtherClientsTest::everyAlarmIsOk);
    put("before");
    put("between");
  }

  private static boolean everyAlarmIsOk() {
    return account.aws().cloudWatch().describeAlarms(r -> r.maxRecords(100)).metricAlarms().stream()
        .allMatch(alarm -> alarm.stateValueAsString().equals("OK"));
  }

  private static URI endpoint() {
    return account.aws().gateway().endpoint();
  }

  private static void put(String name) {
    var aws = account.aws();
    aws.ecs().createCluster(r -> r.clusterName(name));
    aws.s3().createBucket("listed");
    aws.s3().put("listed", "a/" + name, name.getBytes(StandardCharsets.UTF_8));
    aws.s3().put("listed", "ä b/" + name, name.getBytes(StandardCharsets.UTF_8));
    aws.secrets().store(name, "secret");
    aws.sns().createTopic(name);
    aws.cloudWatch()
        .putMetricData(
            r ->
                r.namespace("Shop")
                    .metricData(
                        MetricDatum.builder().metricName(name).value(2.0).build(),
                        MetricDatum.builder().metricName(name).value(3.0).build()));
  }

  @AfterAll
  static void close() {
    stack.close();
    host.close();
    account.close();
  }

  @Test
  void theDocumentsExampleReadsWhatARehearsalShows() throws IOException {
    List<String> lines =
        python(Files.writeString(work.resolve("example.py"), section("```python\n")));

    assertThat(lines)
        .contains(
            "rule 10 backend-blue 100 healthy healthy",
            "rule 10 backend-green 0",
            "service backend-blue 2 2",
            "service frontend-green 0 0",
            "alarm backend-blue-5xx OK",
            "execution crossfade-release rehearsal FAILED",
            "  1 ExecutionStarted ",
            "  2 ChoiceStateEntered Start")
        .anyMatch(line -> line.endsWith(" ExecutionFailed "));
  }

  @Test
  void everyListIsThereInPagesAndWhatIsNotIsNamed() throws IOException {
    List<String> lines = python(Path.of("src/test/resources/localaws/list_all.py"));

    assertThat(String.join("\n", lines) + "\n")
        .isEqualTo(
            """
            123456789012
            list_clusters 3 in 3 pages
            list_services 4 in 4 pages
            list_tasks 4 in 4 pages
            list_task_definitions 2 in 2 pages
            list_state_machines 1 in 1 page
            list_executions 1 in 1 page
            get_execution_history 10 in 5 pages
            list_buckets 2 in 2 pages
            list_objects_v2 4 in 4 pages
            ['a/', 'ä b/'] 2
            list_topics 3 in 1 page
            list_secrets 2 in 2 pages
            describe_load_balancers 1 in 1 page
            describe_listeners 1 in 1 page
            describe_rules 3 in 3 pages
            describe_target_groups 4 in 4 pages
            backend-blue 2 in 1 page
            backend-green 0 in 1 page
            frontend-blue 2 in 1 page
            frontend-green 0 in 1 page
            describe_alarms 4 in 4 pages
            list_metrics 2 in 1 page
            before [(5.0, 2.0, {'p50': 2.0})]
            [('m0', 'Complete', [5.0]), ('m1', 'PartialData', []), \
            ('m0', 'PartialData', []), ('m1', 'Complete', [5.0])] 2
            lambda list_functions 501 NotImplemented \
            not emulated: lambda:GET /2015-03-31/functions
            iam list_roles 501 NotImplemented not emulated: iam:ListRoles
            ec2 describe_instances 501 NotImplemented not emulated: ec2:DescribeInstances
            cloudformation list_stacks 501 NotImplemented not emulated: cloudformation:ListStacks
            logs describe_log_groups 501 NotImplemented not emulated: logs:DescribeLogGroups
            route53 list_hosted_zones 501 NotImplemented \
            not emulated: route53:GET /2013-04-01/hostedzone
            ecs start_task 501 NotImplemented not emulated: ecs:StartTask
            stepfunctions list_activities 501 NotImplemented not emulated: states:ListActivities
            cloudwatch list_dashboards 501 NotImplemented not emulated: monitoring:ListDashboards
            s3 list_object_versions 501 NotImplemented not emulated: s3 query parameter versions
            """);
  }

  @Test
  void theDocumentsCommandsAreAnswered() throws IOException {
    Tool.require(
        Tool.starts("aws", "--version"),
        "the AWS CLI is not installed: the commands of docs/local-aws.md are not run");
    String commands = section("```console\n").replace("\\\n", " ");
    List<String> calls =
        commands
            .lines()
            .filter(line -> line.startsWith("$ aws "))
            .map(l -> l.substring(2))
            .toList();
    assertThat(calls).isNotEmpty();
    for (String call : calls) {
      Tool.Run run = Tool.run(List.of("bash", "-c", call), ENVIRONMENT, Path.of(""));
      assertThat(run.exit()).as(run.output()).isZero();
      assertThat(run.output()).matches("(?s).*(backend-green|crossfade-release|\"Start\").*");
    }
  }

  /** The first block of this kind in the document. */
  private static String section(String fence) throws IOException {
    String document = Files.readString(Path.of("docs", "local-aws.md"));
    String block = document.substring(document.indexOf(fence) + fence.length());
    return block.substring(0, block.indexOf("```"));
  }

  private static List<String> python(Path script) throws IOException {
    Tool.require(
        Tool.starts("python3", "-c", "import boto3"),
        "boto3 is not installed (pip install boto3): no other client reads the local AWS");
    Tool.Run run = Tool.run(List.of("python3", script.toString()), ENVIRONMENT, Path.of(""));
    assertThat(run.exit()).as(run.output()).isZero();
    return run.output().lines().toList();
  }
}
