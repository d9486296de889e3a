package io.crossfade.handlers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.command.Command;
import io.crossfade.command.GivenCommand;
import io.crossfade.localaws.Account;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.faults.ErrorInjector;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.wire.AnswerEditor;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.localaws.wire.Gateway;
import io.crossfade.lock.Lock;
import io.crossfade.lock.S3LockStore;
import io.crossfade.release.Colour;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Phase;
import io.crossfade.release.Progress;
import io.crossfade.release.Release;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import io.crossfade.release.ScalingState;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Side;
import io.crossfade.release.Snapshot;
import io.crossfade.release.Verdict;
import io.crossfade.release.Weights;
import io.crossfade.site.BookingSite;
import io.crossfade.site.BookingSite.Application;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * One function, called through Lambda's event server with what the state machine sends. Behind it
 * stands a fresh account with the booking site for each test.
 */
abstract class HandlerTest {
  static final Instant NOW = Sample.START.plusSeconds(3600);
  private static final double SPEED = 100;
  private static final List<ScalingState> SCALING =
      List.of(
          new ScalingState("backend-blue", 2, 6, false, false, false),
          new ScalingState("backend-green", 0, 6, false, false, false));

  private final String function;
  private final List<CallInterceptor> interceptors = new ArrayList<>();

  private final AtomicInteger statusWrites = new AtomicInteger();

  Gateway gateway;

  @ConfigProperty(name = HandlersProfile.PORT)
  int functionPort;

  @Inject ObjectMapper json;
  LocalAws aws;
  BookingSite site;
  Application backend;
  String testRule;

  /**
   * @param function the handler's name
   */
  HandlerTest(String function) {
    this.function = function;
  }

  @BeforeEach
  void open() {
    SelectedHandler.select(function);
    intercept(
        new CallInterceptor() {
          @Override
          public void before(Call call) {
            if (call.request() instanceof PutObjectRequest put
                && put.key().endsWith("/status.json")) {
              statusWrites.incrementAndGet();
            }
          }
        });
    aws = new LocalAws(gateway, SPEED);
    Account.runEveryImage(aws);
    aws.s3().createBucket("crossfade-state");
    aws.sns().createTopic("crossfade");
    site = new BookingSite(aws, BookingSite.Names.SAMPLE);
    backend = site.backend();
    site.awaitHealthy();
    lock(Lock.taken(backend.ruleArn(), "run-1", Sample.EXECUTION, Sample.START));
    forgetCalls();
  }

  /** The rule's lock as from now on. */
  void lock(Lock lock) {
    store(S3LockStore.key(lock.rule()), lock);
  }

  /** What a person has told the deployment run-1; a promotion is of its first step. */
  void command(Command command) {
    Integer weight = command == Command.PROMOTE ? 25 : null;
    GivenCommand given =
        new GivenCommand("c-1", command, weight, "arn:aws:iam::123456789012:user/ann", "slow", NOW);
    store("deployments/run-1/command.json", given);
  }

  void store(String key, Object document) {
    try {
      aws.s3().put("crossfade-state", key, json.writeValueAsBytes(document));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Another deployment has taken the lock over. */
  void loseTheLock() {
    String other = Sample.EXECUTION.replace("run-1", "run-2");
    lock(Lock.taken(backend.ruleArn(), "run-2", other, NOW));
  }

  Lock lock() {
    try {
      byte[] stored =
          aws.s3().get("crossfade-state", S3LockStore.key(backend.ruleArn())).orElseThrow();
      return json.readValue(stored, Lock.class);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A function that changes something does not without the lock. */
  void failsWithoutTheLock() {
    ObjectNode payload = ordinary();
    loseTheLock();
    forgetCalls();
    JsonNode error = fail(payload);
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText())
        .startsWith("run-1 no longer holds the lock of its rule: it is held by run-2 (arn:aws:");
    assertThat(changes()).isEmpty();
  }

  @AfterEach
  void close() {
    interceptors.forEach(gateway::removeInterceptor);
    aws.close();
  }

  /** What the state machine sends for this function when all goes well. */
  abstract ObjectNode ordinary();

  @Test
  void answersWithTheDocumentAndNothingElse() {
    ObjectNode payload = ordinary();
    forgetCalls();
    JsonNode answer = call(payload);
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "execution",
            "release",
            "target",
            "snapshot",
            "taskDefinition",
            "progress",
            "verdict",
            "approval",
            "restoration",
            "commands",
            "error",
            "timeline",
            "calls");
    assertThat(answer.get("verdict").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("action", "reason", "waitSeconds", "caught");
    assertThat(sum(answer.get("calls")))
        .as(answer.get("calls").toString())
        .isEqualTo(gateway.callCounts().values().stream().mapToLong(Number::longValue).sum());
  }

  @Test
  void fieldsOfALaterVersionDoNoHarm() {
    String expected = action(call(ordinary()));
    ObjectNode payload = ordinary().put("later", 1);
    if (payload.get("document").has("id")) {
      ObjectNode document = (ObjectNode) payload.get("document");
      document.putObject("later").put("inner", true);
      ((ObjectNode) document.get("verdict")).put("later", "x");
    }
    assertThat(action(call(payload))).isEqualTo(expected);
  }

  static String action(JsonNode answer) {
    return answer.at("/verdict/action").asText();
  }

  static String reason(JsonNode answer) {
    return answer.at("/verdict/reason").asText();
  }

  static int waitSeconds(JsonNode answer) {
    return answer.at("/verdict/waitSeconds").asInt();
  }

  /** Missing if the function answers nothing, for which the event server has a status too. */
  JsonNode call(JsonNode payload) {
    Response response = post(payload.toString());
    assertThat(response.statusCode()).as(response.asString()).isIn(200, 204);
    return read(response);
  }

  /** Whatever comes of it. */
  JsonNode answer(JsonNode payload) {
    return read(post(payload.toString()));
  }

  /** The error as Lambda shows it to the state machine. */
  JsonNode fail(JsonNode payload) {
    Response response = post(payload.toString());
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(500);
    return read(response);
  }

  private Response post(String payload) {
    return given()
        .baseUri("http://127.0.0.1")
        .port(functionPort)
        .contentType("application/json")
        .body(payload)
        .post("/");
  }

  private JsonNode read(Response response) {
    try {
      return json.readTree(response.asString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  ObjectNode payload(Deployment deployment) {
    return payload(json.valueToTree(deployment), NOW);
  }

  /** The payload of every Task of the state machine. */
  ObjectNode payload(JsonNode document, Instant now) {
    ObjectNode payload = json.createObjectNode();
    payload.set("document", document);
    return payload.put("execution", Sample.EXECUTION).put("now", now.toString());
  }

  Release release(String... alarms) {
    Release sample = Sample.release(List.of(alarms));
    return new Release(
        sample.imageUri(),
        "backend",
        backend.ruleArn(),
        null,
        "site",
        "app",
        sample.steps(),
        sample.alarms(),
        sample.approval(),
        sample.health(),
        0,
        sample.checks(),
        sample.commit(),
        sample.author(),
        sample.createdAt(),
        null,
        false,
        null,
        null);
  }

  /** The site's backend on a step of the canary, or before the first (-1). */
  Deployment at(int step) {
    return at(step, release());
  }

  Deployment at(int step, Release release) {
    return at(step, release, snapshot(SCALING));
  }

  /** The same with checks of its own. */
  Deployment checkedBy(int step, String testRule, ReleaseCheck... checks) {
    Release plain = release();
    return at(
        step,
        new Release(
            plain.imageUri(),
            plain.baseServiceName(),
            plain.ruleArn(),
            testRule,
            plain.cluster(),
            plain.container(),
            plain.steps(),
            plain.alarms(),
            plain.approval(),
            plain.health(),
            plain.minRequests(),
            List.of(checks),
            plain.commit(),
            plain.author(),
            plain.createdAt(),
            null,
            false,
            null,
            null));
  }

  /** With other bounds in the snapshot. */
  Deployment at(int step, ScalingState blue, ScalingState green) {
    return at(step, release(), snapshot(List.of(blue, green)));
  }

  private Deployment at(int step, Release release, Snapshot snapshot) {
    Weights weights =
        step < 0 ? Weights.ALL_STABLE : Weights.canaryAt(release.steps().get(step).weight());
    return new Deployment(
        "run-1",
        Sample.EXECUTION,
        release,
        new DeploymentTarget(
            "site",
            new Side(Colour.BLUE, "backend-blue", backend.blueGroupArn()),
            new Side(Colour.GREEN, "backend-green", backend.greenGroupArn())),
        snapshot,
        backend.definition(),
        new Progress(
            step < 0 ? Phase.SCALED_OUT : Phase.BAKING,
            step,
            weights,
            2,
            Sample.START,
            0,
            step < 0 ? null : Sample.START,
            null,
            null,
            null,
            null,
            null),
        new Verdict("START", "before", 0, false),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private Snapshot snapshot(List<ScalingState> scaling) {
    return new Snapshot(
        Sample.START,
        List.of(
            Map.of(
                "Type",
                "forward",
                "ForwardConfig",
                Map.of(
                    "TargetGroups",
                    List.of(
                        Map.of("TargetGroupArn", backend.blueGroupArn(), "Weight", 100),
                        Map.of("TargetGroupArn", backend.greenGroupArn(), "Weight", 0)),
                    "TargetGroupStickinessConfig",
                    Map.of("Enabled", false)))),
        new ServiceState("backend-blue", backend.definition(), 2),
        new ServiceState("backend-green", backend.definition(), 0),
        scaling,
        List.of(),
        List.of(),
        List.of());
  }

  /** Registers a second revision of the backend. */
  String secondRevision() {
    ContainerDefinition app = ContainerDefinition.builder().name("app").image(Sample.IMAGE).build();
    return aws.ecs()
        .registerTaskDefinition(
            r -> r.family("backend").networkMode("awsvpc").containerDefinitions(app))
        .taskDefinition()
        .taskDefinitionArn();
  }

  void weights(int blue, int green) {
    weights(backend.ruleArn(), blue, green);
  }

  private void weights(String rule, int blue, int green) {
    aws.elb()
        .modifyRule(
            r ->
                r.ruleArn(rule)
                    .actions(
                        BookingSite.forward(
                            Map.of(backend.blueGroupArn(), blue, backend.greenGroupArn(), green))));
  }

  /** The same with a test rule, which is as it was before the release. */
  ObjectNode tested(ObjectNode payload) {
    testRule = site.addTestRule(backend);
    ((ObjectNode) payload.at("/document/release")).put("testRuleArn", testRule);
    ((ObjectNode) payload.at("/document/snapshot"))
        .set("testActions", payload.at("/document/snapshot/actions").deepCopy());
    forgetCalls();
    return payload;
  }

  void testWeights(int blue, int green) {
    weights(testRule, blue, green);
    forgetCalls();
  }

  /** Green's share of the traffic, as every write set it. */
  List<Integer> shares() {
    return shares(backend.ruleArn());
  }

  List<Integer> shares(String rule) {
    List<Integer> shares = new ArrayList<>();
    aws.elb()
        .weightChanges(rule)
        .forEach(change -> shares.add(change.weights().getOrDefault(backend.greenGroupArn(), 0)));
    return shares;
  }

  Service service(String name) {
    return aws.ecs().describeServices(r -> r.cluster("site").services(name)).services().get(0);
  }

  void bounds(String service, int min, int max) {
    aws.scaling()
        .registerScalableTarget(
            r ->
                r.serviceNamespace("ecs")
                    .scalableDimension("ecs:service:DesiredCount")
                    .resourceId("service/site/" + service)
                    .minCapacity(min)
                    .maxCapacity(max));
    aws.scaling().settle();
  }

  String bounds(String service) {
    return aws.scaling().targets().stream()
        .filter(target -> target.resourceId().equals("service/site/" + service))
        .map(target -> target.minCapacity() + " to " + target.maxCapacity())
        .findFirst()
        .orElseThrow();
  }

  /** How many tasks a service keeps once all is done that Application Auto Scaling does late. */
  int desiredAtLast(String service) {
    aws.scaling().settle();
    return service(service).desiredCount();
  }

  void scale(String service, int desired) {
    aws.ecs().updateService(r -> r.cluster("site").service(service).desiredCount(desired));
  }

  /** For the rest of the test, however often it is tried. */
  void refuse(String call) {
    intercept(new ErrorInjector(call, Integer.MAX_VALUE, "ThrottlingException", 400));
  }

  /** Whatever was refused is not from now on. */
  void allow() {
    interceptors.forEach(gateway::removeInterceptor);
    interceptors.clear();
  }

  /** AWS answers a call with more than the SDK knows, for the rest of the test. */
  void edit(String call, UnaryOperator<String> change) {
    intercept(new AnswerEditor(call, change));
  }

  void intercept(CallInterceptor interceptor) {
    interceptors.add(interceptor);
    gateway.intercept(interceptor);
  }

  /** Green has so many tasks from now on, and each of them answers. */
  void awaitGreen(int tasks) {
    scale("backend-green", tasks);
    Await.until("green is as asked", () -> healthy(backend.greenGroupArn()) == tasks);
  }

  /** How many targets of a group the load balancer finds healthy. */
  long healthy(String group) {
    return aws.elb().healthy(group);
  }

  /** What Plan stored, before it knew how many requests it took. */
  JsonNode keptSnapshot() throws IOException {
    return json.readTree(
        aws.s3().get("crossfade-state", "deployments/run-1/snapshot.json").orElseThrow());
  }

  private static long sum(JsonNode counts) {
    return StreamSupport.stream(counts.spliterator(), false).mapToLong(JsonNode::asLong).sum();
  }

  /** Nothing was counted yet. */
  JsonNode withoutCalls(JsonNode document) {
    ObjectNode copy = document.deepCopy();
    copy.putObject("calls");
    return copy;
  }

  void forgetCalls() {
    gateway.reset();
    statusWrites.set(0);
  }

  /** What was changed, as opposed to read, or to be shown. */
  List<String> changes() {
    return gateway.callCounts().entrySet().stream()
        .filter(
            calls ->
                !calls.getKey().equals("s3:PutObject") || calls.getValue() > statusWrites.get())
        .map(Map.Entry::getKey)
        .filter(call -> call.matches(".*:(Modify|Update|Register|Create|Delete|Put|Publish).*"))
        .toList();
  }
}
