package io.crossfade.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.architecture.StateMachine;
import io.crossfade.drill.Drill.Patience;
import io.crossfade.drill.DrillTarget.TaskSize;
import io.crossfade.localaws.Account;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.sdk.ServiceErrors;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.site.BookingSite;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sts.StsClient;

/** A drill that ends half way, by an error or by Ctrl-C, and what it leaves and tells. */
class DrillRunTest {
  private static final Patience QUICK = new Patience(Duration.ofMillis(20), Duration.ofMillis(200));
  private static final String ALARM = "backend-green-5xx";
  private static final String DESCRIBE = "states:DescribeExecution";
  private static final String SET_ALARM = "monitoring:SetAlarmState";
  private static final String EXECUTION =
      "arn:aws:states:eu-central-1:123456789012:execution:release:drill-";

  @TempDir Path folder;
  private final Account account = new Account();
  private final LocalStepFunctions states =
      new LocalStepFunctions(
          account.aws().clock(),
          (name, payload) -> {
            throw new IllegalStateException("no function expected");
          });
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  DrillRunTest() {
    account.aws().gateway().serve("states", SfnClient.class, states);
    account
        .aws()
        .cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(ALARM)
                    .namespace("Story")
                    .metricName("stays")
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("ignore"));
    account
        .aws()
        .cloudWatch()
        .setAlarmState(r -> r.alarmName(ALARM).stateValue(StateValue.OK).stateReason("test"));
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void whatAwsRefusesHalfWayIsToldWithWhatRunsAndTheAlarm() throws Exception {
    whenPrinted("Sets the alarm", DESCRIBE);
    whenPrinted("Sets the alarm", "monitoring:DescribeAlarms");
    assertThat(drill("alarm", "Bake")).as(printed()).isOne();
    assertThat(printed())
        .contains(
            "The release goes on without the drill: " + EXECUTION + "alarm-",
            "aws stepfunctions stop-execution --region eu-central-1 --execution-arn " + EXECUTION,
            "aws cloudwatch set-alarm-state --region eu-central-1 --alarm-name '"
                + ALARM
                + "' --state-value OK --state-reason ");
  }

  @Test
  void alarmThatIsDeletedHalfWayIsNoRefusal() throws Exception {
    whenPrinted("Sets the alarm", DESCRIBE);
    after(SET_ALARM, call -> account.aws().cloudWatch().deleteAlarms(r -> r.alarmNames(ALARM)));
    assertThat(drill("alarm", "Bake")).as(printed()).isOne();
    assertThat(printed())
        .contains("CloudWatch knows no metric alarm", "The release goes on without the drill: ")
        .doesNotContain("refused: ");
  }

  @Test
  void startWhoseAnswerIsLostIsTold() throws Exception {
    after(
        "states:StartExecution",
        call -> {
          throw ServiceErrors.plain("states", 400, "AccessDeniedException", "lost");
        });
    assertThat(drill("alarm", "Bake")).isOne();
    assertThat(states.listExecutions(r -> r.stateMachineArn(machine("Bake"))).executions())
        .singleElement()
        .satisfies(
            started ->
                assertThat(printed())
                    .contains(
                        "It is not known whether the release has begun: " + started.executionArn(),
                        "stop-execution --region eu-central-1 --execution-arn "
                            + started.executionArn()));
  }

  @Test
  void releaseThatIsPutBackIsToBeLeftAlone() throws Exception {
    whenPrinted("Rollback", DESCRIBE);
    assertThat(drill("reject", "Rollback")).isOne();
    assertThat(printed())
        .contains("Everything is being put back by " + EXECUTION + "reject-", "Leave it alone")
        .doesNotContain("stop-execution");
  }

  @Test
  void restoreThatRunsIsToBeLeftAlone() throws Exception {
    after(
        "states:StopExecution",
        call -> {
          String stopped =
              account.sent("states:StartExecution", StartExecutionRequest.class).get(0).name();
          states.startExecution(
              r -> r.stateMachineArn(machine("Bake")).name(stopped + "-restore-1"));
        });
    whenPrinted("The guardian has started", DESCRIBE);
    assertThat(drill("stop", "Bake")).isOne();
    assertThat(printed())
        .containsPattern("being put back by " + EXECUTION + "stop-[0-9-]+-restore-1\n")
        .contains("Leave it alone")
        .doesNotContain("stop-execution");
  }

  @Test
  void stoppedReleaseWithoutARestoreIsToldWithTheCommandThatStartsOne() throws Exception {
    assertThat(drill("stop", "Bake")).isOne();
    assertThat(printed())
        .contains("The release was stopped: " + EXECUTION + "stop-", "within a minute")
        .containsPattern(
            "aws stepfunctions start-execution --region eu-central-1 --state-machine-arn "
                + machine("Bake")
                + " --input '\\{\"restore\": \"drill-stop-[0-9-]+\"\\}'")
        .doesNotContain("stop-execution");
  }

  @Test
  void statesThatPutBackAreStatesOfTheMachine() {
    assertThat(StateMachine.names()).containsAll(DrillRun.PUTTING_BACK);
  }

  @Test
  void whoInterruptsBeforeTheAlarmIsSetFindsItUntouched() throws Exception {
    AtomicReference<DrillRun> run = new AtomicReference<>();
    Consumer<String> interrupts =
        line -> {
          out.println(line);
          if (line.contains("Started arn:")) {
            run.get().interrupted();
          }
        };
    run.set(run("alarm", 100, interrupts));
    run.get().run();
    assertThat(printed()).contains("Bake ").doesNotContain("Sets the alarm");
    assertThat(account.calls(SET_ALARM)).isZero();
  }

  @Test
  void whoInterruptsWhileTheAlarmIsSetFindsItPutBack() throws Exception {
    DrillRun run = run("alarm", 100, out::println);
    Thread interrupts = new Thread(run::interrupted);
    theReleaseWaits("for the alarm", () -> account.calls(SET_ALARM) > 0);
    before(
        SET_ALARM,
        call -> {
          if (((SetAlarmStateRequest) call.request()).stateValue() == StateValue.ALARM) {
            interrupts.start();
            Await.until(
                "the interrupt waits or is through",
                () ->
                    List.of(Thread.State.BLOCKED, Thread.State.TERMINATED)
                        .contains(interrupts.getState()));
          }
        });
    run.run();
    interrupts.join();
    assertThat(account.sent(SET_ALARM, SetAlarmStateRequest.class))
        .extracting(SetAlarmStateRequest::stateValue)
        .containsExactly(StateValue.ALARM, StateValue.OK);
  }

  /** Before its only state begins, however long the drill takes to look at it. */
  private void theReleaseWaits(String description, BooleanSupplier until) {
    states.addListener(
        new ExecutionListener() {
          @Override
          public void stateEntered(String execution, String state, JsonNode input, Instant at) {
            Await.until(description, until);
          }
        });
  }

  /** From when the drill has printed that text, an operation is refused. */
  private void whenPrinted(String text, String operation) {
    before(
        operation,
        call -> {
          if (printed().contains(text)) {
            throw ServiceErrors.plain(call.service(), 400, "AccessDeniedException", "not now");
          }
        });
  }

  private void before(String operation, Consumer<Call> then) {
    account
        .aws()
        .gateway()
        .intercept(
            new CallInterceptor() {
              @Override
              public void before(Call call) {
                if (call.name().equals(operation)) {
                  then.accept(call);
                }
              }
            });
  }

  private void after(String operation, Consumer<Call> then) {
    account
        .aws()
        .gateway()
        .intercept(
            new CallInterceptor() {
              @Override
              public void after(Call call, Object response) {
                if (call.name().equals(operation)) {
                  then.accept(call);
                }
              }
            });
  }

  /** The exit status of a drill whose release stays in one state. */
  private int drill(String scenario, String state) throws Exception {
    return new Drill(
            new Properties(), false, new BufferedReader(new StringReader("")), out, QUICK, folder)
        .run(aws(), options(scenario), target(machine(state)));
  }

  private DrillRun run(String scenario, int seconds, Consumer<String> lines) {
    return new DrillRun(aws(), options(scenario), target(machine("Bake", seconds)), QUICK, lines);
  }

  private static DrillOptions options(String scenario) {
    Properties properties = new Properties();
    properties.setProperty("stack", "crossfade");
    properties.setProperty("scenario", scenario);
    return DrillOptions.from(properties);
  }

  private String machine(String state) {
    return machine(state, 90_000);
  }

  private String machine(String state, int seconds) {
    return states
        .createStateMachine(
            r ->
                r.name("release")
                    .roleArn("arn:aws:iam::123456789012:role/release")
                    .definition(
                        "{\"StartAt\":\"%1$s\",\"States\":{\"%1$s\":{\"Type\":\"Wait\",\"Seconds\":%2$d,\"End\":true}}}"
                            .formatted(state, seconds)))
        .stateMachineArn();
  }

  private DrillTarget target(String machine) {
    String stable = group("backend-blue");
    String canary = group("backend-green");
    return new DrillTarget(
        "123456789012",
        "eu-central-1",
        machine,
        "crossfade-state",
        "booking",
        rule(Map.of(stable, 50, canary, 50)),
        "backend-blue",
        "backend-green",
        canary,
        2,
        new TaskSize(0.5, 1),
        "registry.example/backend@sha256:1",
        Optional.of(ALARM),
        List.of(),
        "C0123",
        "U01ADA");
  }

  private String group(String name) {
    return account
        .aws()
        .elb()
        .createTargetGroup(
            r -> r.name(name).protocol("HTTP").port(8080).targetType("ip").healthCheckPath("/"))
        .targetGroups()
        .get(0)
        .targetGroupArn();
  }

  private String rule(Map<String, Integer> weights) {
    var elb = account.aws().elb();
    String balancer =
        elb.createLoadBalancer(r -> r.name("site")).loadBalancers().get(0).loadBalancerArn();
    String listener =
        elb.createListener(
                r ->
                    r.loadBalancerArn(balancer)
                        .protocol("HTTP")
                        .port(80)
                        .defaultActions(BookingSite.forward(weights)))
            .listeners()
            .get(0)
            .listenerArn();
    return elb.describeRules(r -> r.listenerArn(listener)).rules().get(0).ruleArn();
  }

  private AwsAccount aws() {
    account.aws().ecs().createCluster(r -> r.clusterName("booking"));
    return new AwsAccount(
        "eu-central-1",
        account.client(StsClient.builder()),
        account.client(CloudFormationClient.builder()),
        account.client(SfnClient.builder()),
        account.client(EcsClient.builder()),
        account.client(ElasticLoadBalancingV2Client.builder()),
        account.client(ApplicationAutoScalingClient.builder()),
        account.client(CloudWatchClient.builder()));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
