package io.crossfade.localaws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.elb.HttpTarget;
import io.crossfade.localaws.sdk.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.*;

class ServiceTest {
  private final EcsBench shop = new EcsBench(60);
  private final LocalEcs ecs = shop.ecs;
  private final String blue = shop.site.blue;

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void aServiceIsCompletedOnceItsTasksAreHealthyTargets() {
    Service created = shop.serve("api-blue", "api:1", 2, blue);
    assertThat(created.deployments().get(0).rolloutState())
        .isEqualTo(DeploymentRolloutState.IN_PROGRESS);
    shop.awaitCompleted("api-blue");
    assertThat(shop.running("api-blue"))
        .hasSize(2)
        .allMatch(RunningTask::healthy)
        .allMatch(task -> task.imageUri().equals("api:1"));
    assertThat(shop.site.get("/api/x").body()).isEqualTo("api:1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 200})
  void theWorldMayRunAtAnySpeed(double speed) {
    try (EcsBench other = new EcsBench(speed)) {
      other.serve("api-blue", "api:1", 2, other.site.blue);
      other.awaitCompleted("api-blue");
      assertThat(other.site.get("/api/x").body()).isEqualTo("api:1");
    }
  }

  @Test
  void aNewTaskDefinitionRollsOutAndACountAloneDoesNot() {
    shop.serve("api-blue", "api:1", 1, blue);
    shop.awaitCompleted("api-blue");
    String first = shop.describe("api-blue").deployments().get(0).id();

    ecs.updateService(r -> r.cluster(EcsBench.CLUSTER).service("api-blue").desiredCount(2));
    shop.awaitCompleted("api-blue");
    assertThat(shop.describe("api-blue").deployments().get(0).id()).isEqualTo(first);
    assertThat(shop.running("api-blue")).hasSize(2);

    String second = shop.define("api:2");
    Service updated =
        ecs.updateService(
                r -> r.cluster(EcsBench.CLUSTER).service("api-blue").taskDefinition(second))
            .service();
    assertThat(updated.deployments())
        .extracting(Deployment::status)
        .containsExactly("PRIMARY", "ACTIVE");
    shop.awaitCompleted("api-blue");
    assertThat(shop.describe("api-blue").taskDefinition()).isEqualTo(second);
    assertThat(shop.running("api-blue"))
        .hasSize(2)
        .allMatch(task -> task.imageUri().equals("api:2"));
  }

  @Test
  void aServiceWithoutARevisionGetsTheLatestActiveOne() {
    shop.serve("api-blue", "api:1", 0, blue);
    String second = shop.define("api:2");
    Service updated =
        ecs.updateService(
                r -> r.cluster(EcsBench.CLUSTER).service("api-blue").taskDefinition("api"))
            .service();
    assertThat(updated.taskDefinition()).isEqualTo(second);
  }

  @Test
  void scaleInDrainsWithoutAFailedRequest() throws Exception {
    shop.image("slow:1", target -> target.takes(Duration.ofMillis(30)));
    shop.serve("api-blue", "slow:1", 4, blue);
    shop.awaitCompleted("api-blue");
    try (Load load = new Load(shop.site.uri("/api/x"), 8)) {
      load.awaitRequests(100);
      ecs.updateService(r -> r.cluster(EcsBench.CLUSTER).service("api-blue").desiredCount(1));
      Await.until("three tasks are gone", () -> stopped("api-blue") == 3);
      load.awaitRequests(100);
      assertThat(load.end()).containsOnlyKeys(200);
    }
    assertThat(shop.running("api-blue")).hasSize(1);
  }

  private long stopped(String service) {
    List<String> arns =
        ecs.listTasks(
                r ->
                    r.cluster(EcsBench.CLUSTER)
                        .serviceName(service)
                        .desiredStatus(DesiredStatus.STOPPED))
            .taskArns();
    return ecs.describeTasks(r -> r.cluster(EcsBench.CLUSTER).tasks(arns)).tasks().stream()
        .filter(task -> task.lastStatus().equals("STOPPED"))
        .count();
  }

  @Test
  void rollingOutUnderLoadFailsNoRequest() throws Exception {
    shop.serve("api-blue", "api:1", 2, blue);
    shop.awaitCompleted("api-blue");
    try (Load load = new Load(shop.site.uri("/api/x"), 8)) {
      String second = shop.define("api:2");
      ecs.updateService(
          r -> r.cluster(EcsBench.CLUSTER).service("api-blue").taskDefinition(second));
      shop.awaitCompleted("api-blue");
      load.awaitRequests(100);
      assertThat(load.end()).containsOnlyKeys(200);
    }
  }

  @Test
  void aTaskThatNeverPassesItsHealthCheckIsReplacedAndNeverHealthy() {
    shop.image("sick:1", target -> target.health(500));
    shop.create(
        "api-blue",
        "sick:1",
        1,
        r -> r.loadBalancers(EcsBench.behind(blue)).healthCheckGracePeriodSeconds(20));
    Await.until(
        "a task failed",
        () -> {
          assertThat(shop.running("api-blue")).noneMatch(RunningTask::healthy);
          return shop.describe("api-blue").deployments().get(0).failedTasks() >= 2;
        });
    assertThat(shop.describe("api-blue").events())
        .anyMatch(event -> event.message().contains("failed ELB health checks"));
    assertThat(shop.describe("api-blue").deployments().get(0).rolloutState())
        .isEqualTo(DeploymentRolloutState.IN_PROGRESS);
  }

  @Test
  void theCircuitBreakerFailsADeploymentWhoseImageIsMissing() {
    shop.create(
        "api-blue",
        "missing:1",
        1,
        r ->
            r.loadBalancers(EcsBench.behind(blue))
                .deploymentConfiguration(
                    c -> c.deploymentCircuitBreaker(b -> b.enable(true).rollback(false))));
    Await.until(
        "the deployment failed",
        () ->
            shop.describe("api-blue").deployments().get(0).rolloutState()
                == DeploymentRolloutState.FAILED);
    assertThat(shop.describe("api-blue").deployments().get(0).failedTasks()).isEqualTo(3);
    String task =
        ecs.listTasks(r -> r.cluster(EcsBench.CLUSTER).desiredStatus(DesiredStatus.STOPPED))
            .taskArns()
            .get(0);
    assertThat(ecs.describeTasks(r -> r.cluster(EcsBench.CLUSTER).tasks(task)).tasks().get(0))
        .extracting(Task::stoppedReason)
        .asString()
        .startsWith("CannotPullContainerError")
        .contains("missing:1");
  }

  @Test
  void aCrashedTaskIsReplaced() {
    shop.serve("api-blue", "api:1", 1, blue);
    shop.awaitCompleted("api-blue");
    RunningTask before = shop.running("api-blue").get(0);
    shop.started.get(before.taskArn()).close();
    Await.until(
        "another task is healthy",
        () ->
            shop.running("api-blue").stream()
                .anyMatch(task -> task.healthy() && !task.taskArn().equals(before.taskArn())));
    assertThat(shop.describe("api-blue").deployments().get(0).failedTasks()).isZero();
  }

  @Test
  void stopTaskDoesNotWaitForTheDeregistrationDelay() {
    shop.site.attribute(blue, "deregistration_delay.timeout_seconds", "3600");
    shop.serve("api-blue", "api:1", 1, blue);
    shop.awaitCompleted("api-blue");
    RunningTask before = shop.running("api-blue").get(0);
    HttpTarget container = shop.started.get(before.taskArn());
    ecs.stopTask(r -> r.cluster(EcsBench.CLUSTER).task(before.taskArn()));
    Await.until("it is stopped", () -> !container.open());
    Await.until("it is replaced", () -> shop.running("api-blue").size() == 1);
  }

  @Test
  void aMissingServiceIsAFailureAndAMissingClusterAnError() {
    shop.serve("api-blue", "api:1", 0, blue);
    DescribeServicesResponse answer =
        ecs.describeServices(r -> r.cluster(EcsBench.CLUSTER).services("api-blue", "api-green"));
    assertThat(answer.services()).extracting(Service::serviceName).containsExactly("api-blue");
    assertThat(answer.failures())
        .containsExactly(
            Failure.builder()
                .arn("arn:aws:ecs:eu-central-1:123456789012:service/shop/api-green")
                .reason("MISSING")
                .build());
    assertThatThrownBy(() -> ecs.describeServices(r -> r.services("api-blue")))
        .isInstanceOf(ClusterNotFoundException.class);
    assertThatThrownBy(
            () -> ecs.updateService(r -> r.cluster(EcsBench.CLUSTER).service("api-green")))
        .isInstanceOf(ServiceNotFoundException.class);
  }

  @Test
  void aServiceNeedsATargetGroupThatALoadBalancerUses() {
    String spare = shop.site.group("spare");
    assertThatThrownBy(() -> shop.serve("api-blue", "api:1", 1, spare))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("does not have an associated load balancer");
  }

  @Test
  void whatAnUpdateCannotDoIsNamed() {
    shop.serve("api-blue", "api:1", 0, blue);
    assertThatThrownBy(
            () ->
                ecs.updateService(
                    r -> r.cluster(EcsBench.CLUSTER).service("api-blue").platformVersion("LATEST")))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("not emulated: ecs:UpdateService with platformVersion");
  }

  /** Visitors that ask again and again, each as soon as it is answered. */
  private static final class Load implements AutoCloseable {
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<CompletableFuture<Void>> visitors;

    Load(URI uri, int count) {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      visitors =
          IntStream.range(0, count)
              .mapToObj(i -> CompletableFuture.runAsync(() -> visit(request), threads))
              .toList();
    }

    private void visit(HttpRequest request) {
      while (running.get()) {
        try {
          int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
          answers.computeIfAbsent(status, code -> new AtomicInteger()).incrementAndGet();
        } catch (Exception e) {
          answers.computeIfAbsent(-1, code -> new AtomicInteger()).incrementAndGet();
        }
      }
    }

    private int total() {
      return answers.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    void awaitRequests(int more) {
      int goal = total() + more;
      Await.until(more + " more requests", () -> total() >= goal);
    }

    Map<Integer, AtomicInteger> end() throws Exception {
      running.set(false);
      CompletableFuture.allOf(visitors.toArray(CompletableFuture[]::new)).get();
      return answers;
    }

    @Override
    public void close() {
      running.set(false);
      threads.shutdown();
    }
  }
}
