package io.crossfade.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.ecs.ContainerConfig;
import io.crossfade.localaws.ecs.ContainerImage;
import io.crossfade.localaws.ecs.RunningContainer;
import io.crossfade.localaws.sdk.Await;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SiteTest {
  private final Vertx vertx = Vertx.vertx();
  private final SampleImages site = new SampleImages(vertx, new OrderBook());
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    site.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void frontendShowsItsVersionInPageAndHeader() throws Exception {
    RunningContainer task = start(site.frontend(SiteVersion.good("frontend-1")));

    HttpResponse<String> page = get(task, "/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("X-Version")).contains("frontend-1");
    assertThat(page.body()).contains("<footer>frontend-1</footer>");
    assertThat(get(task, "/health").statusCode()).isEqualTo(200);
    assertThat(get(task, "/api/restaurants").statusCode()).isEqualTo(404);
  }

  @Test
  void orderIsInTheBookWhenItIsAcknowledged() throws Exception {
    RunningContainer task = start(site.backend(SiteVersion.good("backend-1")));

    HttpResponse<String> answer = order(task, "key-a");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).contains("\"order\":1").contains("\"version\":\"backend-1\"");
    assertThat(site.orders().holds(1, "key-a")).isTrue();
    assertThat(get(task, "/api/orders/1").body()).contains("\"restaurant\":\"Bellevue\"");
    assertThat(get(task, "/api/orders/2").statusCode()).isEqualTo(404);
    assertThat(get(task, "/api/restaurants").body()).contains("Bellevue");
  }

  @Test
  void sameKeyIsTheSameOrderOnEveryTask() throws Exception {
    ContainerImage backend = site.backend(SiteVersion.good("backend-1"));
    order(start(backend), "key-a");

    assertThat(order(start(backend), "key-a").body()).contains("\"order\":1");
    assertThat(order(start(backend), "key-b").body()).contains("\"order\":2");
  }

  @Test
  void aVersionThatChangesChangesInTasksThatRunAndInThoseThatStartLater() throws Exception {
    RunningContainer before = start(site.backend(SiteVersion.good("backend-2")));
    RunningContainer other = start(site.backend(SiteVersion.good("backend-1")));
    site.behave("backend-2", new Behaviour.FailsUnderTraffic(0, 1));
    RunningContainer after = start(site.backend(SiteVersion.good("backend-2")));

    assertThat(get(before, "/api/restaurants").statusCode()).isEqualTo(500);
    assertThat(get(after, "/api/restaurants").statusCode()).isEqualTo(500);
    assertThat(get(other, "/api/restaurants").statusCode()).isEqualTo(200);
    assertThat(get(before, "/health").statusCode()).isEqualTo(200);
  }

  @Test
  void incompleteOrderIsRefused() throws Exception {
    RunningContainer task = start(site.backend(SiteVersion.good("backend-1")));

    assertThat(post(task, "{\"restaurant\":\"Bellevue\"}").statusCode()).isEqualTo(400);
    assertThat(post(task, "no JSON").statusCode()).isEqualTo(400);
    assertThat(site.orders().orders()).isEmpty();
  }

  @Test
  void neverHealthyVersionStillAnswersEverythingElse() throws Exception {
    RunningContainer task =
        start(site.backend(new SiteVersion("backend-2", Behaviour.NEVER_HEALTHY)));

    assertThat(get(task, "/health").statusCode()).isEqualTo(503);
    assertThat(order(task, "key-a").statusCode()).isEqualTo(201);
  }

  @Test
  void failingVersionIsHealthyAndFailsWithoutStoring() throws Exception {
    Behaviour failsEverySecondAfterTwo = new Behaviour.FailsUnderTraffic(2, 2);
    RunningContainer task =
        start(site.backend(new SiteVersion("backend-2", failsEverySecondAfterTwo)));
    get(task, "/health");

    assertThat(IntStream.rangeClosed(1, 6).map(n -> order(task, "key-" + n).statusCode()))
        .containsExactly(201, 201, 201, 500, 201, 500);
    assertThat(site.orders().orders()).hasSize(4);
    assertThat(get(task, "/health").statusCode()).isEqualTo(200);
  }

  /** Whoever gives up lets a task that stops end at once. */
  @Test
  void hangingVersionIsHealthyAndNeverAnswers() throws Exception {
    RunningContainer task = start(site.backend(new SiteVersion("backend-2", Behaviour.HANGS)));
    assertThat(get(task, "/health").statusCode()).isEqualTo(200);

    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/api/restaurants".formatted(task.port())))
            .timeout(Duration.ofMillis(200))
            .build();

    assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
    Await.until("nothing is in flight", () -> ((SiteContainer) task).inFlight() == 0);
    task.stop();
    assertThat(task.running()).isFalse();
  }

  @Test
  void stopLetsTheRequestInFlightEnd() throws Exception {
    RunningContainer task = startSlow(Duration.ofMillis(400));
    CompletableFuture<HttpResponse<String>> answer = orderInFlight(task);

    task.stop();

    assertThat(answer.join().statusCode()).isEqualTo(201);
    assertThat(task.running()).isFalse();
    assertThatThrownBy(() -> http.send(request(task, "/").build(), BodyHandlers.ofString()))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void closeCutsTheRequestInFlightOff() throws Exception {
    RunningContainer task = startSlow(Duration.ofSeconds(20));
    CompletableFuture<HttpResponse<String>> answer = orderInFlight(task);

    task.close();

    assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
    assertThat(site.orders().orders()).isEmpty();
  }

  @Test
  void closeCutsOffWhatAStopStillWaitsFor() throws Exception {
    RunningContainer task = startSlow(Duration.ofSeconds(20));
    CompletableFuture<HttpResponse<String>> answer = orderInFlight(task);
    CompletableFuture<Void> stop = CompletableFuture.runAsync(task::stop);
    Await.until("it is being stopped", ((SiteContainer) task)::stopping);

    task.close();

    stop.get(60, TimeUnit.SECONDS);
    assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void registryKnowsWhatWasPushed() throws Exception {
    site.pushBackend("registry/backend:2", SiteVersion.good("backend-2"));

    assertThat(site.image("registry/backend:3")).isEmpty();
    RunningContainer task = start(site.image("registry/backend:2").orElseThrow());
    assertThat(get(task, "/api/restaurants").headers().firstValue("X-Version"))
        .contains("backend-2");
  }

  private RunningContainer startSlow(Duration delay) throws Exception {
    return start(site.backend(new SiteVersion("backend-1", new Behaviour.Slow(delay))));
  }

  private static RunningContainer start(ContainerImage image) throws Exception {
    return image.start(new ContainerConfig("image", "task", "web", Map.of()));
  }

  private HttpResponse<String> get(RunningContainer task, String path) throws Exception {
    return http.send(request(task, path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> order(RunningContainer task, String key) {
    return post(task, booking(key));
  }

  private HttpResponse<String> post(RunningContainer task, String body) {
    return http.sendAsync(posting(task, body), BodyHandlers.ofString()).join();
  }

  /** Returns as soon as the order has come. */
  private CompletableFuture<HttpResponse<String>> orderInFlight(RunningContainer task) {
    var answer = http.sendAsync(posting(task, booking("key-a")), BodyHandlers.ofString());
    Await.until("the order has come", () -> ((SiteContainer) task).inFlight() > 0);
    return answer;
  }

  private static HttpRequest posting(RunningContainer task, String body) {
    return request(task, "/api/orders").POST(BodyPublishers.ofString(body)).build();
  }

  private static String booking(String key) {
    return "{\"restaurant\":\"Bellevue\",\"party\":2,\"idempotencyKey\":\"%s\"}".formatted(key);
  }

  private static HttpRequest.Builder request(RunningContainer task, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + task.port() + path))
        .version(HttpClient.Version.HTTP_1_1);
  }
}
