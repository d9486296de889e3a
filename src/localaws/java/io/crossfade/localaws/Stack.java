package io.crossfade.localaws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.events.LocalEventBridge;
import io.crossfade.localaws.http.HttpApi;
import io.crossfade.localaws.iam.Enforcement;
import io.crossfade.localaws.iam.IamUsers;
import io.crossfade.localaws.lambda.FunctionConfig;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.secrets.LocalSecretsManager;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.states.Definition;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.FunctionInvoker;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.localaws.template.BucketResource;
import io.crossfade.localaws.template.EventRule;
import io.crossfade.localaws.template.EventSchedule;
import io.crossfade.localaws.template.FunctionEvent;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.template.HttpApiResource;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.localaws.template.StateMachineResource;
import io.crossfade.localaws.template.Template;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StateEnteredEventDetails;

/** The project's own template, deployed: what {@code sam deploy} makes of it. */
public final class Stack implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Stack.class.getName());
  private static final int CONFLICT_EVERY = 3;

  private final LocalAws aws;
  private final FunctionHost host;
  private final LocalStepFunctions states;
  private final LocalEventBridge events;
  private final String stateMachineArn;
  private final List<HttpApi> httpApis;
  private final IamUsers users = new IamUsers();
  private final ResolvedTemplate template;
  private final Identities identities;
  private final Set<String> announced = ConcurrentHashMap.newKeySet();
  private final List<ScheduledFuture<?>> schedules = new ArrayList<>();
  private Duration patience;
  private Enforcement enforcement;

  /**
   * @param host whose functions were made by {@link #host}
   */
  public Stack(LocalAws aws, FunctionHost host, ResolvedTemplate template) {
    this(aws, host, template, StackInterceptor.NONE);
  }

  /**
   * @param tampering what is different from the template, on purpose
   */
  public Stack(
      LocalAws aws, FunctionHost host, ResolvedTemplate template, StackInterceptor tampering) {
    FunctionInvoker functions = tampering.functions(host);
    this.aws = aws;
    this.host = host;
    this.template = template;
    this.identities = Identities.of(template);
    this.states = new LocalStepFunctions(aws.clock(), functions);
    aws.gateway().serve("states", SfnClient.class, states);
    template.buckets().forEach(bucket -> aws.s3().createBucket(bucket.name()));
    aws.s3().conflictEvery(CONFLICT_EVERY);
    template.topics().forEach(topic -> aws.sns().createTopic(topic.name()));
    StateMachineResource machine = template.stateMachines().get(0);
    String definition = tampering.definition(machine.definition());
    this.stateMachineArn =
        states
            .createStateMachine(r -> r.name(machine.name()).definition(definition))
            .stateMachineArn();
    aws.cloudFormation()
        .put(
            template.ref("AWS::StackName"),
            aws.clock().now(),
            template.parameters(),
            template.outputs());
    this.patience = longest(definition, aws.clock());
    this.httpApis = template.httpApis().stream().map(this::open).toList();
    this.events = new LocalEventBridge(aws.clock(), functions);
    template.functions().forEach(this::deliverTo);
    events.listenTo(states);
    events.listenTo(aws.cloudWatch());
    template.buckets().stream()
        .filter(BucketResource::publishesEvents)
        .forEach(bucket -> events.listenTo(aws.s3(), bucket.name()));
    states.addListener(
        new ExecutionListener() {
          @Override
          public void executionEnded(String execution, String status, Instant at) {
            announced.add(execution);
          }
        });
  }

  /** What Slack's signature says of the time is real; an IAM user's command is of this world. */
  private HttpApi open(HttpApiResource api) {
    return api.iam() ? new HttpApi(api, host, users, aws.clock()::now) : new HttpApi(api, host);
  }

  /** Its time-out, or AWS's of a year, and a minute for whoever is late to see it. */
  private static Duration longest(String definition, ScaledClock clock) {
    Duration world = Definition.parse(definition).timeout().orElse(Duration.ofDays(365));
    return clock.real(world).plusMinutes(1);
  }

  private void deliverTo(FunctionResource function) {
    for (FunctionEvent event : function.events()) {
      if (event instanceof EventRule rule) {
        events.putRule(rule, function.name());
      }
    }
  }

  /**
   * From now on calls functions by the template's schedules. Until then nobody does: most worlds
   * last for less than an interval.
   */
  public void runSchedules() {
    for (FunctionResource function : template.functions()) {
      for (FunctionEvent event : function.events()) {
        if (event instanceof EventSchedule schedule) {
          schedules.add(aws.clock().every(schedule.every(), () -> call(function, schedule)));
        }
      }
    }
  }

  /** The clock's own threads are few, and a function may have to start. */
  private void call(FunctionResource function, EventSchedule schedule) {
    CompletableFuture.runAsync(
        () -> {
          try {
            host.invoke(function.name(), new ObjectMapper().readTree(schedule.input()));
          } catch (FunctionError | JsonProcessingException failed) {
            LOG.log(Level.SEVERE, function.name() + " did not take its schedule's event", failed);
          }
        });
  }

  /** The template of this project, for a Slack workspace in which nobody may decide. */
  public static ResolvedTemplate template(String cluster) {
    return template(
        cluster,
        Map.of(
            "SlackSecretArn", LocalSecretsManager.arn(LocalSlack.SECRET_NAME),
            "SlackChannel", "C0LOCAL",
            "SlackTeamId", "T0LOCAL",
            "SlackAppId", "A0LOCAL",
            "SlackApprovers", ""));
  }

  /**
   * For a JVM build.
   *
   * @param more parameters, such as those of {@link LocalSlack#parameters}
   */
  public static ResolvedTemplate template(String cluster, Map<String, String> more) {
    return template(cluster, "jvm", more);
  }

  /**
   * With the memory, the timeouts and the environment that the artifact is to have.
   *
   * @param more parameters, such as those of {@link LocalSlack#parameters}
   */
  public static ResolvedTemplate template(
      String cluster, Path functionZip, Map<String, String> more) {
    return template(cluster, FunctionHost.isNative(functionZip) ? "native" : "jvm", more);
  }

  private static ResolvedTemplate template(
      String cluster, String packaging, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("Cluster", cluster);
    parameters.put("Packaging", packaging);
    return Template.load(Path.of("template.yaml")).resolve(parameters);
  }

  /** Hosts the template's functions; they call whatever account the endpoint serves. */
  public static FunctionHost host(
      ResolvedTemplate template, Path functionZip, Path work, URI endpoint) {
    return host(template, functionZip, work, endpoint, Map.of());
  }

  /**
   * @param more environment variables of every function that the template does not give it, such as
   *     those of {@link LocalSlack#environment}
   */
  public static FunctionHost host(
      ResolvedTemplate template,
      Path functionZip,
      Path work,
      URI endpoint,
      Map<String, String> more) {
    FunctionHost host = new FunctionHost(functionZip, work);
    template.functions().forEach(each -> host.register(config(each, endpoint, more)));
    return host;
  }

  /** A function as the template has it, for whoever hosts it. */
  public static FunctionConfig config(
      FunctionResource function, URI endpoint, Map<String, String> more) {
    return new FunctionConfig(
        function.name(),
        environment(function, more, endpoint),
        function.timeout(),
        function.memoryMb());
  }

  /** Credentials by which a call says which function made it; signatures are not checked. */
  private static Map<String, String> environment(
      FunctionResource function, Map<String, String> more, URI endpoint) {
    Map<String, String> all = new HashMap<>(function.environment());
    more.forEach(all::putIfAbsent);
    all.put("AWS_REGION", "eu-central-1");
    all.put("AWS_ACCESS_KEY_ID", Identities.accessKeyId(function.logicalId()));
    all.put("AWS_SECRET_ACCESS_KEY", "local");
    all.put("AWS_ENDPOINT_URL", endpoint.toString());
    return all;
  }

  /**
   * Installs the app in a workspace: empties the channel, stores the app's secret, and has clicks
   * sent to the template's HTTP API.
   *
   * @param secret either of {@link LocalSlack#botSecret} and {@link LocalSlack#webhookSecret}
   */
  public void install(LocalSlack slack, String secret) {
    slack.reset();
    slack.worldClock(aws.clock()::now);
    aws.secrets().store(LocalSlack.SECRET_NAME, secret);
    slack.requestUrl(
        httpApis.stream()
            .filter(api -> !api.resource().iam())
            .flatMap(api -> api.resource().routes().stream().map(api::url))
            .findFirst()
            .orElse(null));
  }

  /** Who may sign requests to HTTP APIs. */
  public IamUsers users() {
    return users;
  }

  /** The one API that anybody may call, or the first. */
  public HttpApi slackApi() {
    return httpApis.stream().filter(api -> !api.resource().iam()).findFirst().orElseThrow();
  }

  /** Where people give commands. */
  public URI commandUrl() {
    return httpApis.stream()
        .filter(api -> api.resource().iam())
        .flatMap(api -> api.resource().routes().stream().map(api::url))
        .findFirst()
        .orElseThrow();
  }

  public List<HttpApi> httpApis() {
    return httpApis;
  }

  public LocalStepFunctions states() {
    return states;
  }

  /** What the functions of this stack are told by rules of its template. */
  public LocalEventBridge events() {
    return events;
  }

  /** Who makes the calls that arrive at the gateway. */
  public Identities identities() {
    return identities;
  }

  /** From now on functions may do what their policies in the template allow, and nothing else. */
  public Enforcement enforce() {
    enforcement = new Enforcement(aws.gateway(), identities, stateMachineArn, aws);
    return enforcement;
  }

  public String stateMachineArn() {
    return stateMachineArn;
  }

  public String stateBucket() {
    return template.buckets().get(0).name();
  }

  /** Starts a release and returns its execution's ARN. */
  public String start(String name, String input) {
    return states
        .startExecution(r -> r.stateMachineArn(stateMachineArn).name(name).input(input))
        .executionArn();
  }

  /**
   * From now on nobody waits longer for the end of an execution.
   *
   * @param patience in real time; before it is set, as long as the state machine allows
   */
  public void patience(Duration patience) {
    this.patience = patience;
  }

  /** Waits until the execution has ended, whichever way; fails once patience is at its end. */
  public DescribeExecutionResponse await(String executionArn) {
    Await.until(
        "the end of " + executionArn,
        patience,
        () -> describe(executionArn).status() != ExecutionStatus.RUNNING,
        () -> "it stands at " + lastState(executionArn));
    return describe(executionArn);
  }

  private DescribeExecutionResponse describe(String executionArn) {
    return states.describeExecution(r -> r.executionArn(executionArn));
  }

  private String lastState(String executionArn) {
    return states.getExecutionHistory(r -> r.executionArn(executionArn)).events().stream()
        .map(HistoryEvent::stateEnteredEventDetails)
        .filter(Objects::nonNull)
        .reduce((earlier, later) -> later)
        .map(StateEnteredEventDetails::name)
        .orElse("its start");
  }

  /**
   * Waits until an execution has ended, and every restore that the guardian has started because of
   * it; returns the last one's end.
   */
  public DescribeExecutionResponse awaitWithRestores(String executionArn) {
    Set<String> awaited = new HashSet<>();
    String last = executionArn;
    DescribeExecutionResponse ended = null;
    while (last != null) {
      ended = await(last);
      awaited.add(last);
      last = restoreAfter(executionArn, awaited);
    }
    return ended;
  }

  private String restoreAfter(String first, Set<String> awaited) {
    Await.until("EventBridge knows what ended", () -> announced.containsAll(awaited));
    events.drain();
    return states.listExecutions(r -> r.stateMachineArn(stateMachineArn)).executions().stream()
        .map(ExecutionListItem::executionArn)
        .filter(arn -> arn.startsWith(first + "-restore-") && !awaited.contains(arn))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Only once all is quiet, for what still ran would write to the next stack on this host. */
  @Override
  public void close() {
    schedules.forEach(schedule -> schedule.cancel(false));
    httpApis.forEach(HttpApi::close);
    events.close();
    stopAll();
    // The guardian may have been about to start a restore.
    stopAll();
    if (enforcement != null) {
      enforcement.close();
    }
  }

  private void stopAll() {
    states.stopAll();
    host.awaitIdle();
  }
}
