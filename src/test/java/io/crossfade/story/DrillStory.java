package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.drill.AwsAccount;
import io.crossfade.drill.Drill;
import io.crossfade.drill.Drill.Patience;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.localaws.wire.SdkClients;
import io.crossfade.release.Side;
import io.crossfade.site.BookingSite;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sts.StsClient;

/** The drill in an account that it reaches over the wire alone. */
class DrillStory {
  /** The drill's access key. */
  private static final String WHO = "drill";

  private static final Patience QUICK =
      new Patience(Duration.ofMillis(200), Duration.ofSeconds(60));

  @TempDir Path folder;
  private final StoryStack account = new StoryStack();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private static final Set<String> CALLED = new ConcurrentSkipListSet<>();

  private final CallInterceptor watch =
      new CallInterceptor() {
        @Override
        public void before(Call call) {
          if (call.accessKeyId().equals(WHO)) {
            CALLED.add(call.service().replace("monitoring", "cloudwatch") + ":" + call.operation());
          }
        }
      };

  @BeforeEach
  void nobodyAnswers() {
    account.answer(null);
    account.aws.gateway().intercept(watch);
  }

  @AfterAll
  static void everyPermissionIsDocumented() throws IOException {
    String document = Files.readString(Path.of("docs/drill.md"));
    assertThat(CALLED)
        .isNotEmpty()
        .allSatisfy(action -> assertThat(document).contains("`" + action + "`"));
  }

  @AfterEach
  void end() {
    account.aws.gateway().removeInterceptor(watch);
    account.close();
  }

  @Test
  void alarmTurnsTheReleaseBackAndIsOkAgain() throws Exception {
    allow();
    waitForAlarm("backend-green-5xx");
    assertThat(drill("scenario", "alarm", "yes", "true")).as(printed()).isZero();
    assertThat(account.weights(account.site.backend())).containsExactly(0, 25, 50, 0);
    assertThat(printed())
        .contains(
            "Account 123456789012, region eu-central-1.",
            "outcome=RolledBack expected=RolledBack differences=0")
        .containsPattern(
            "RolledBack: at the step at 50 %: " + StoryStack.fired("backend-green-5xx"));
    account.awaitAlarm("backend-green-5xx", StateValue.OK);
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("drill of backend", "Everything that the drill has read is as it was before.");
    assertThat(folder.resolve("report.json")).exists();
  }

  /** Without data, such an alarm keeps the state that it was given. */
  @Test
  void alarmThatDoesNotGoBackByItselfIsPutBack() throws Exception {
    allow();
    waitForAlarm("stays");
    account
        .aws
        .cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName("stays")
                    .namespace("Story")
                    .metricName("stays")
                    .dimensions(
                        BookingSite.dimension(
                            "TargetGroup",
                            Side.dimensionOf(account.site.backend().greenGroupArn())))
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("ignore"));
    account
        .aws
        .cloudWatch()
        .setAlarmState(r -> r.alarmName("stays").stateValue(StateValue.OK).stateReason("story"));
    assertThat(drill("alarm", "stays", "yes", "true")).as(printed()).isZero();
    assertThat(printed()).contains("the alarm stays: OK", "differences=0");
  }

  @Test
  void rejectionTurnsItBack() throws Exception {
    allow();
    account.answer(ApprovalChoice.REJECTED);
    assertThat(drill("scenario", "reject", "yes", "true")).as(printed()).isZero();
    assertThat(account.weights(account.site.backend())).containsExactly(0, 50, 100, 0);
    assertThat(printed()).contains("RolledBack: rejected by", "differences=0");
  }

  @Test
  void nobodyRejectsSoItIsTurnedBackButNotAsExpected() throws Exception {
    allow();
    assertThat(drill("scenario", "reject", "timeout", "60", "yes", "true")).isOne();
    assertThat(printed())
        .contains("NOT AS EXPECTED: it was turned back, but not because \"rejected by\"")
        .contains("outcome=RolledBack expected=RolledBack differences=0");
  }

  @Test
  void approvalIsNotWhatWasExpected() throws Exception {
    allow();
    account.answer(ApprovalChoice.APPROVED);
    assertThat(drill("scenario", "reject", "yes", "true")).isOne();
    assertThat(printed())
        .contains(
            "NOT AS EXPECTED: expected RolledBack, but the release ended in Released",
            "NOT AS EXPECTED: the rule was");
  }

  @Test
  void stoppedExecutionIsRestoredByTheGuardian() throws Exception {
    allow();
    waitForDrill(25, "the drill has stopped the release", this::stopped);
    assertThat(drill("scenario", "stop", "yes", "true")).as(printed()).isZero();
    assertThat(account.weights(account.site.backend())).containsExactly(0, 25, 0);
    assertThat(printed()).contains("The guardian has started", "differences=0");
  }

  @Test
  void serviceWithoutTheTagIsRefusedWithTheCommandThatAllowsIt() throws Exception {
    Service blue = account.service("backend-blue");
    allow(blue.serviceArn());
    assertThat(drill("yes", "true")).isEqualTo(2);
    assertThat(printed())
        .contains(
            "refused: service backend-green has no tag crossfade:drill; allow the drill with:"
                + " aws ecs tag-resource --resource-arn "
                + account.service("backend-green").serviceArn()
                + " --tags key=crossfade:drill,value=allowed")
        .doesNotContain("backend-blue");
    assertThat(account.changes()).isZero();
  }

  @Test
  void withoutAPersonOrYesNothingIsTouched() throws Exception {
    allow();
    assertThat(drill()).isEqualTo(2);
    assertThat(printed())
        .contains("It touches:")
        .contains("refused: nobody can be asked here; -Dyes says that all this may be done");
    assertThat(account.changes()).isZero();
  }

  @Test
  void onlyAWholeLineOfYesBeginsIt() throws Exception {
    allow();
    for (String answer : List.of("y\n", "yes please\n", "")) {
      assertThat(drill(true, answer)).as(answer).isEqualTo(2);
    }
    assertThat(printed()).contains("refused: the answer was not yes");
    assertThat(account.changes()).isZero();
  }

  @Test
  void alarmThatFiresAlreadyIsRefused() throws Exception {
    allow();
    account.aws.cloudWatch().blip("backend-green-5xx", Duration.ofHours(1));
    assertThat(drill("yes", "true")).isEqualTo(2);
    assertThat(printed())
        .contains("the alarm backend-green-5xx is ALARM, and must be OK before the drill");
  }

  @Test
  void stackThatIsNotThereIsRefused() throws Exception {
    assertThat(drill("stack", "elsewhere")).isEqualTo(2);
    assertThat(printed())
        .contains(
            "refused: stack elsewhere in eu-central-1: Stack with id elsewhere does not exist");
  }

  @Test
  void asAProcessItFindsRegionCredentialsAndEndpointAsTheSdkDoes() throws Exception {
    allow();
    Process process = process("-Dstack=crossfade");
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(2);
    assertThat(output)
        .contains("Account 123456789012, region eu-central-1.", "refused: nobody can be asked");
  }

  @Test
  void aSignalTellsHowToTurnTheReleaseBack() throws Exception {
    allow();
    Process process = process("-Dstack=crossfade", "-Dscenario=reject", "-Dyes=true");
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      while (line != null && !line.contains("Started arn:")) {
        line = output.readLine();
      }
      String execution = line.substring(line.indexOf("arn:"));
      assertThat(
              new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor())
          .isZero();
      assertThat(output.lines().toList())
          .contains(
              "The release goes on without the drill: " + execution,
              "  aws stepfunctions stop-execution --region eu-central-1 --execution-arn "
                  + execution);
    }
    assertThat(process.waitFor()).isEqualTo(143);
  }

  private Process process(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(options));
    command.add(Drill.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL",
                account.aws.gateway().endpoint().toString(),
                "AWS_REGION",
                "eu-central-1",
                "AWS_ACCESS_KEY_ID",
                WHO,
                "AWS_SECRET_ACCESS_KEY",
                "any"));
    return builder.start();
  }

  private void waitForAlarm(String name) {
    waitForDrill(50, "the drill has set the alarm", () -> fired(name));
  }

  /** The release waits at that share for the drill, which may look later than the step bakes. */
  private void waitForDrill(int share, String description, BooleanSupplier done) {
    account.onState(
        "CheckAlarms",
        () -> {
          List<Integer> shares = account.weights(account.site.backend());
          if (shares.get(shares.size() - 1) == share) {
            Await.until(description, done);
          }
        });
  }

  private boolean fired(String alarm) {
    return account
        .aws
        .cloudWatch()
        .describeAlarmHistory(r -> r.alarmName(alarm).historyItemType(HistoryItemType.STATE_UPDATE))
        .alarmHistoryItems()
        .stream()
        .anyMatch(item -> item.historySummary().endsWith("to ALARM"));
  }

  private boolean stopped() {
    return account
        .stack
        .states()
        .listExecutions(r -> r.stateMachineArn(account.stack.stateMachineArn()))
        .executions()
        .stream()
        .anyMatch(execution -> execution.status() == ExecutionStatus.ABORTED);
  }

  private void allow() {
    allow(
        account.service("backend-blue").serviceArn(),
        account.service("backend-green").serviceArn());
  }

  private void allow(String... services) {
    for (String service : services) {
      account
          .aws
          .ecs()
          .tagResource(
              r ->
                  r.resourceArn(service)
                      .tags(Tag.builder().key("crossfade:drill").value("allowed").build()));
    }
  }

  private int drill(String... options) throws IOException, InterruptedException {
    return drill(false, "", options);
  }

  private int drill(boolean interactive, String typed, String... options)
      throws IOException, InterruptedException {
    Properties properties = new Properties();
    properties.setProperty("stack", "crossfade");
    properties.setProperty("bake", "60");
    for (int i = 0; i < options.length; i += 2) {
      properties.setProperty(options[i], options[i + 1]);
    }
    return new Drill(
            properties,
            interactive,
            new BufferedReader(new StringReader(typed)),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            QUICK,
            folder)
        .run(this::overTheWire);
  }

  private AwsAccount overTheWire() {
    return new AwsAccount(
        "eu-central-1",
        client(StsClient.builder()),
        client(CloudFormationClient.builder()),
        client(SfnClient.builder()),
        client(EcsClient.builder()),
        client(ElasticLoadBalancingV2Client.builder()),
        client(ApplicationAutoScalingClient.builder()),
        client(CloudWatchClient.builder()));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    URI endpoint = account.aws.gateway().endpoint();
    return SdkClients.at(endpoint, WHO, builder);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
