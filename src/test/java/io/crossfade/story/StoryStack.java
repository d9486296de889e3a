package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.iam.Enforcement;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.slack.EphemeralMessage;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.localaws.slack.SlackUser;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.matrix.Worker;
import io.crossfade.rehearsal.VisitorPace;
import io.crossfade.rehearsal.Visitors;
import io.crossfade.release.Side;
import io.crossfade.site.BookingSite;
import io.crossfade.site.OrderBook;
import io.crossfade.site.SampleImages;
import io.crossfade.site.SiteVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * A fresh account with the sample site for one story. The packaged functions behind it stay warm
 * from story to story.
 */
final class StoryStack implements AutoCloseable {
  static final double SPEED = 60;

  /** Thirty times what a release takes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static final String NEW_IMAGE = "registry.example/backend@sha256:" + "2".repeat(64);
  private static final String NEXT_IMAGE = "registry.example/backend@sha256:" + "3".repeat(64);

  private static final Worker FUNCTIONS = StoryFunctions.WORKER;
  static final LocalSlack SLACK = FUNCTIONS.slack;

  /** What the functions have logged in this story. */
  private static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();

  static {
    FUNCTIONS.host.onLine((function, line) -> LOGGED.add(line));
  }

  final LocalAws aws = new LocalAws(FUNCTIONS.gateway, SPEED);
  final SampleImages images = new SampleImages(FUNCTIONS.vertx, new OrderBook());
  final BookingSite site;
  final Stack stack;
  private final Enforcement permissions;
  private volatile ApprovalChoice answer = ApprovalChoice.APPROVED;
  private final List<CompletableFuture<?>> clicks = new CopyOnWriteArrayList<>();
  private int runs;

  StoryStack() {
    this(SiteVersion.good("backend-2"));
  }

  StoryStack(SiteVersion newVersion) {
    images.pushFrontend(BookingSite.FRONTEND_IMAGE, SiteVersion.good("frontend-1"));
    images.pushBackend(BookingSite.BACKEND_IMAGE, SiteVersion.good("backend-1"));
    aws.images()
        .fallback(uri -> images.image(uri).or(() -> Optional.of(images.backend(newVersion))));
    site = new BookingSite(aws, BookingSite.Names.SAMPLE);
    stack = new Stack(aws, FUNCTIONS.host, FUNCTIONS.template);
    stack.patience(PATIENCE);
    stack.install(SLACK, SLACK.botSecret());
    permissions = stack.enforce();
    SLACK.onMessage(this::onMessage);
    site.awaitHealthy();
    LOGGED.clear();
  }

  /** What ann clicks as soon as she is asked; null for nothing. */
  void answer(ApprovalChoice choice) {
    this.answer = choice;
  }

  /** EventBridge loses every event from now on: nobody takes up what ends half way. */
  void guardianSleeps() {
    stack.events().dropNext(Integer.MAX_VALUE);
  }

  private void onMessage(Message message) {
    ApprovalChoice choice = answer;
    if (choice != null && message.actions().contains(choice.actionId())) {
      clicks.add(
          CompletableFuture.runAsync(() -> SLACK.click(message, choice.actionId(), LocalSlack.ANN))
              .handle((answered, refused) -> null));
    }
  }

  /** Waits until who has clicked has an answer: the release goes on before that. */
  void awaitClicks() {
    clicks.forEach(CompletableFuture::join);
  }

  /**
   * Clicks until somebody is told so. A function that was too slow for Slack's three seconds leaves
   * out what is only polite, and a person clicks again.
   */
  static void clickUntilTold(Message message, String actionId, SlackUser user, String beginning) {
    Await.until(
        "%s is told: %s".formatted(user.name(), beginning),
        () -> {
          SLACK.click(message, actionId, user);
          return told(user).stream().anyMatch(text -> text.startsWith(beginning));
        });
  }

  /** What nobody but that person can read, oldest first. */
  static List<String> told(SlackUser user) {
    return SLACK.ephemeralMessages().stream()
        .filter(message -> message.to().equals(user.id()))
        .map(EphemeralMessage::text)
        .toList();
  }

  /** The question in the channel, with whatever became of it. */
  Message question() {
    return asked().orElseThrow();
  }

  /** Waits until there is one. */
  void awaitQuestion() {
    Await.until("somebody is asked", () -> asked().isPresent());
  }

  private static Optional<Message> asked() {
    return SLACK.messages().stream().filter(StoryStack::asks).findFirst();
  }

  /** Whether it has, or had, the buttons of a question. */
  static boolean asks(Message message) {
    return Stream.concat(
            Stream.of(message.blocks()), message.updates().stream().map(Message.Version::blocks))
        .anyMatch(
            blocks ->
                blocks.findValuesAsText("action_id").contains(ApprovalChoice.APPROVED.actionId()));
  }

  /** The message of the release, with whatever became of it. */
  static Message releaseMessage() {
    return SLACK.messages().stream()
        .filter(message -> message.thread() == null && !asks(message))
        .findFirst()
        .orElseThrow();
  }

  /** What stands in a message's thread, oldest first. */
  static List<Message> thread(Message message) {
    return SLACK.messages().stream().filter(m -> message.ts().equals(m.thread())).toList();
  }

  /** The content of imageDetail.json, short steps, with more fields appended. */
  String release(BookingSite.Application application, String more) {
    return """
        {"imageUri": "%s", "BASE_SERVICE_NAME": "%s", "rule_arn": "%s",
         "steps": [{"weight": 25, "bakeSeconds": 30}, {"weight": 50, "bakeSeconds": 30},
                   {"weight": 75, "bakeSeconds": 30}, {"weight": 100, "bakeSeconds": 30}]%s}"""
        .formatted(NEW_IMAGE, application.name(), application.ruleArn(), more);
  }

  String release() {
    return release(site.backend(), "");
  }

  /** How long an answer is waited for, to be appended to a release. */
  static String timeout(int seconds) {
    return ", \"approval\": {\"timeoutSeconds\": %d}".formatted(seconds);
  }

  /** The same release in one step, where a story is about what comes after the steps. */
  static String inOneStep(String release) {
    return release.replaceAll(
        "(?s)\"steps\": \\[.*?]", "\"steps\": [{\"weight\": 100, \"bakeSeconds\": 30}]");
  }

  /** The release after that one. */
  String nextRelease() {
    return release().replace(NEW_IMAGE, NEXT_IMAGE);
  }

  DescribeExecutionResponse run(String input) throws InterruptedException {
    return stack.await(stack.start("story-" + ++runs, input));
  }

  /** A release that is stopped half way. */
  void stopAtFiftyPercent(String name) throws InterruptedException {
    stopOnce(() -> weights(site.backend()).contains(50), name);
  }

  /** A release whose execution is stopped before the first state in which that holds. */
  void stopOnce(BooleanSupplier condition, String name) throws InterruptedException {
    onEntering(
        (execution, state) -> {
          if (execution.endsWith(":" + name) && condition.getAsBoolean()) {
            stack.states().stopExecution(r -> r.executionArn(execution));
          }
        });
    String execution = stack.start(name, release());
    assertThat(stack.await(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
  }

  boolean isStored(String key) {
    return aws.s3().get(stack.stateBucket(), key).isPresent();
  }

  /** Every share of the green colour that was written to the rule, in order. */
  List<Integer> weights(BookingSite.Application application) {
    return weights(application, application.ruleArn());
  }

  List<Integer> weights(BookingSite.Application application, String rule) {
    List<Integer> shares = new ArrayList<>();
    aws.elb()
        .weightChanges(rule)
        .forEach(
            change -> {
              int share = share(change.weights(), application);
              if (shares.isEmpty() || shares.get(shares.size() - 1) != share) {
                shares.add(share);
              }
            });
    return shares;
  }

  static int share(Map<String, Integer> weights, BookingSite.Application application) {
    int total = weights.values().stream().mapToInt(Integer::intValue).sum();
    return total == 0 ? 0 : weights.getOrDefault(application.greenGroupArn(), 0) * 100 / total;
  }

  /** Does something at the moment when the green colour is given that share. */
  void atShare(int share, Runnable what) {
    BookingSite.Application backend = site.backend();
    aws.elb()
        .onRuleWritten(
            change -> {
              if (change.ruleArn().equals(backend.ruleArn())
                  && share(change.weights(), backend) == share) {
                what.run();
              }
            });
  }

  /** Does something before each time that a state is entered. */
  void onState(String state, Runnable what) {
    onEntering(
        (execution, entered) -> {
          if (entered.equals(state)) {
            what.run();
          }
        });
  }

  /** Does something before the first time that a state is entered, which waits for it. */
  void onFirst(String state, Runnable what) {
    AtomicBoolean entered = new AtomicBoolean();
    onState(
        state,
        () -> {
          if (entered.compareAndSet(false, true)) {
            what.run();
          }
        });
  }

  /**
   * @param listener is given the execution's ARN and the state's name
   */
  private void onEntering(BiConsumer<String, String> listener) {
    stack
        .states()
        .addListener(
            new ExecutionListener() {
              @Override
              public void stateEntered(String execution, String state, JsonNode in, Instant at) {
                listener.accept(execution, state);
              }
            });
  }

  List<Action> actions(String ruleArn) {
    return aws.elb().describeRules(r -> r.ruleArns(ruleArn)).rules().get(0).actions();
  }

  Service service(String name) {
    return aws.ecs()
        .describeServices(r -> r.cluster(site.cluster()).services(name))
        .services()
        .get(0);
  }

  /** How often an operation that changes something was called since the release began. */
  long changes() {
    Predicate<String> mutation =
        call ->
            call.matches(".*:(Modify|Update|Register|Create|Delete|Deregister|Put(?!Object)).*");
    return FUNCTIONS.gateway.callCounts().entrySet().stream()
        .filter(entry -> mutation.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  Map<String, Long> calls() {
    return FUNCTIONS.gateway.callCounts();
  }

  List<String> notices() {
    return aws.sns().published().stream().map(message -> message.subject()).toList();
  }

  /**
   * Waits until a function has logged such a line in this story, and returns all of them: a
   * function's answer may come before its last lines do.
   */
  static List<String> logged(String description, Predicate<String> which) {
    Await.until(description, () -> LOGGED.stream().anyMatch(which));
    return LOGGED.stream().filter(which).toList();
  }

  /** What the functions complain of in this story, for whoever waits in vain. */
  static String warnings() {
    return LOGGED.stream()
        .filter(line -> line.contains("WARN") || line.contains("ERROR"))
        .collect(Collectors.joining("\n"));
  }

  /** Every line that a function has logged, in this story or before. */
  private static List<String> logs() {
    return FUNCTIONS.host.stats().keySet().stream()
        .flatMap(name -> FUNCTIONS.host.logs(name).stream())
        .toList();
  }

  @Override
  public void close() {
    awaitClicks();
    stack.close();
    aws.close();
    images.close();
    RunRecord.add(permissions.uses());
    noSecretIsLogged();
    assertThat(permissions.denied()).as("calls that a function's policy does not allow").isEmpty();
  }

  /** No function ever logs a task token, or anything of what Slack and the stack share. */
  private void noSecretIsLogged() {
    List<String> secrets = new ArrayList<>(SLACK.secrets());
    secrets.addAll(stack.states().issuedTokens());
    assertThat(logs()).isNotEmpty().noneMatch(line -> secrets.stream().anyMatch(line::contains));
  }

  /** An alarm on a figure of its own, which {@link #breach} drives. */
  String gauge() {
    String name = "gauge";
    aws.cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .namespace("Story")
                    .metricName(name)
                    .statistic(Statistic.MAXIMUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("notBreaching"));
    awaitAlarm(name, StateValue.OK);
    return name;
  }

  /**
   * The figure is out of bounds in the last whole minute and in those of the next two hours: its
   * alarm fires now, and goes on however late somebody looks.
   */
  void breach(String gauge) {
    Instant now = aws.clock().now();
    List<MetricDatum> data =
        IntStream.range(-1, 120)
            .mapToObj(minute -> now.plusSeconds(60L * minute))
            .map(at -> MetricDatum.builder().metricName(gauge).value(9.0).timestamp(at).build())
            .toList();
    aws.cloudWatch().putMetricData(r -> r.namespace("Story").metricData(data));
    aws.cloudWatch().evaluate();
  }

  /**
   * What a cause says of an alarm that was set to ALARM: CloudWatch evaluates it anew, so that it
   * may be OK again by the time that it is looked at.
   */
  static String fired(String alarm) {
    return alarm + " (is ALARM|went to ALARM at \\S+ and is OK)";
  }

  /** The alarm fires and clears. */
  void blip(String gauge) {
    aws.cloudWatch().blip(gauge, Duration.ofSeconds(5));
    awaitAlarm(gauge, StateValue.OK);
  }

  /** An alarm on one metric of one of the backend's two target groups, below 1 or above 0. */
  void alarm(String name, String group, String metric, Statistic statistic, String missing) {
    boolean hosts = metric.equals("HealthyHostCount");
    aws.cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .namespace("AWS/ApplicationELB")
                    .metricName(metric)
                    .dimensions(
                        BookingSite.dimension("LoadBalancer", site.loadBalancerDimension()),
                        BookingSite.dimension("TargetGroup", Side.dimensionOf(group)))
                    .statistic(statistic)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(hosts ? 1.0 : 30.0)
                    .comparisonOperator(
                        hosts
                            ? ComparisonOperator.LESS_THAN_THRESHOLD
                            : ComparisonOperator.GREATER_THAN_THRESHOLD)
                    .treatMissingData(missing));
  }

  /** People on the site, who think a twentieth of a second between two requests. */
  Visitors visitors(int number) {
    VisitorPace pace =
        new VisitorPace(Duration.ofMillis(30), Duration.ofMillis(70), Duration.ofSeconds(10));
    return new Visitors(FUNCTIONS.vertx, site.url(), number, pace);
  }

  /** A target that fails its health checks stays, and may pass them again. */
  void ecsLeavesUnhealthyTasksAlone(String service) {
    aws.ecs()
        .updateService(
            r ->
                r.cluster(site.cluster())
                    .service(service)
                    .healthCheckGracePeriodSeconds(Integer.MAX_VALUE));
  }

  /** A target of the new version fails its health checks; returns when it is out of service. */
  void loseATarget() {
    String group = site.backend().greenGroupArn();
    long before = aws.elb().healthy(group);
    images.failHealthChecks("backend-2", Integer.MAX_VALUE);
    Await.until("a target is unhealthy", () -> aws.elb().healthy(group) < before);
  }

  void bringTheTargetBack() {
    images.passHealthChecks("backend-2");
  }

  void awaitAlarm(String name, StateValue state) {
    Await.until(
        name + " is " + state,
        () ->
            aws.cloudWatch()
                    .describeAlarms(r -> r.alarmNames(name))
                    .metricAlarms()
                    .get(0)
                    .stateValue()
                == state);
  }
}
