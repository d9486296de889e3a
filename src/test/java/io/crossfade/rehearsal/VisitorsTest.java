package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.ecs.ContainerConfig;
import io.crossfade.localaws.ecs.RunningContainer;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.site.Behaviour;
import io.crossfade.site.OrderBook;
import io.crossfade.site.SampleImages;
import io.crossfade.site.SiteVersion;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Visitors against tasks of the site itself, with no load balancer between them. */
class VisitorsTest {
  private static final VisitorPace BRISK =
      new VisitorPace(Duration.ofMillis(10), Duration.ofMillis(30), Duration.ofSeconds(10));
  private static final VisitorPace IMPATIENT =
      new VisitorPace(Duration.ofMillis(10), Duration.ofMillis(30), Duration.ofMillis(100));

  private final Vertx vertx = Vertx.vertx();
  private final OrderBook orders = new OrderBook();
  private final SampleImages site = new SampleImages(vertx, orders);

  @AfterEach
  void close() {
    site.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void goodSiteFailsNobodyAndLosesNothing() throws Exception {
    VisitorsReport report = visit(whole(Behaviour.GOOD), 20, BRISK, seen -> seen.requests() > 400);

    assertThat(report.failed()).isZero();
    assertThat(report.failures()).isEmpty();
    assertThat(report.versions()).containsOnlyKeys("site-2");
    assertThat(report.of("site-2").byStatus()).containsOnlyKeys("200", "201");
    assertThat(report.acknowledged())
        .isPositive()
        .isEqualTo(report.of("site-2").byStatus().get("201"))
        .isEqualTo(orders.orders().size());
    assertThat(report.lost()).isZero();
    assertThat(report.duplicates()).isZero();
  }

  @Test
  void failuresOfAVersionAreCountedExactly() throws Exception {
    Behaviour failing = new Behaviour.FailsUnderTraffic(50, 4);

    VisitorsReport report = visit(whole(failing), 20, BRISK, seen -> seen.failed() > 30);

    long expected = (report.requests() - 50) / 4;
    assertThat(report.failed()).isEqualTo(expected);
    assertThat(report.of("site-2").byStatus()).containsEntry("500", expected);
    assertThat(report.failures()).hasSize((int) expected);
    assertThat(report.failures())
        .allSatisfy(failure -> assertThat(failure.version()).isEqualTo("site-2"));
    assertThat(report.lost()).isZero();
  }

  @Test
  void seriesAddsUpToTheTotals() throws Exception {
    Behaviour failing = new Behaviour.FailsUnderTraffic(50, 4);

    VisitorsReport report = visit(whole(failing), 20, BRISK, seen -> seen.series().size() >= 3);

    assertThat(report.series().stream().mapToLong(at -> at.of("site-2").requests()).sum())
        .isEqualTo(report.requests());
    assertThat(report.series().stream().mapToLong(at -> at.of("site-2").failed()).sum())
        .isEqualTo(report.failed());
  }

  @Test
  void serverThatDiesUnderItsVisitorsIsSeenAsNoAnswer() throws Exception {
    RunningContainer task = whole(Behaviour.GOOD);
    try (Visitors visitors = new Visitors(vertx, at(task.port()), 20, BRISK)) {
      visitors.start();
      await(visitors, seen -> seen.requests() > 100);
      task.close();
      await(visitors, seen -> seen.failed() > 20);
      visitors.stop();

      VisitorsReport report = visitors.report(orders);
      assertThat(report.of(RequestTally.NO_ANSWER).byStatus()).containsOnlyKeys("connection");
      assertThat(report.of("site-2").failed()).isZero();
      assertThat(report.lost()).isZero();
    }
  }

  @Test
  void lostOrderIsNoticed() throws Exception {
    VisitorsReport before = visit(whole(Behaviour.GOOD), 5, BRISK, seen -> seen.acknowledged() > 5);
    assertThat(before.lost()).isZero();
    try (Visitors visitors = new Visitors(vertx, at(whole(Behaviour.GOOD).port()), 5, BRISK)) {
      visitors.start();
      await(visitors, seen -> seen.acknowledged() > 5);
      visitors.stop();

      orders.lose(orders.orders().size());

      assertThat(visitors.report(orders).lost()).isEqualTo(1);
    }
  }

  @Test
  void numberGivenTwiceIsADuplicateAndLost() throws Exception {
    orders.place("somebody else's", "Bellevue", 2);
    URI shop = serve(request -> request.response().setStatusCode(201).end("{\"order\":1}"));

    VisitorsReport report = visit(shop, 3, BRISK, seen -> seen.acknowledged() >= 4);

    assertThat(report.duplicates()).isEqualTo(report.acknowledged() - 1);
    assertThat(report.lost()).isEqualTo(report.acknowledged());
  }

  @Test
  void answerWithoutVersionIsTheLoadBalancers() throws Exception {
    URI balancer = serve(request -> request.response().setStatusCode(502).end());

    VisitorsReport report = visit(balancer, 3, BRISK, seen -> seen.requests() > 3);

    assertThat(report.versions()).containsOnlyKeys(RequestTally.LOAD_BALANCER);
    assertThat(report.of(RequestTally.LOAD_BALANCER).byStatus()).containsOnlyKeys("502");
    assertThat(report.failed()).isEqualTo(report.requests());
  }

  @Test
  void silenceIsATimeout() throws Exception {
    URI silent = serve(request -> {});

    VisitorsReport report = visit(silent, 2, IMPATIENT, seen -> seen.requests() > 2);

    assertThat(report.of(RequestTally.NO_ANSWER).byStatus()).containsOnlyKeys("timeout");
  }

  @Test
  void visitorSendsItsCookiesBack() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    URI sticky =
        serve(
            request -> {
              seen.add(String.valueOf(request.getHeader("Cookie")));
              request.response().putHeader("Set-Cookie", "AWSALBTG=green; Path=/").end();
            });

    visit(sticky, 1, BRISK, report -> report.requests() > 2);

    assertThat(seen).containsExactlyInAnyOrder("null", "AWSALBTG=green");
  }

  /** One server with both halves of the site, as a load balancer would show them. */
  private RunningContainer whole(Behaviour behaviour) throws Exception {
    return site.whole(new SiteVersion("site-2", behaviour))
        .start(new ContainerConfig("image", "task", "web", Map.of()));
  }

  private URI serve(Handler<HttpServerRequest> handler) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(handler)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return at(server.actualPort());
  }

  private static URI at(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private VisitorsReport visit(
      RunningContainer task, int number, VisitorPace pace, Predicate<VisitorsReport> enough) {
    return visit(at(task.port()), number, pace, enough);
  }

  private VisitorsReport visit(
      URI at, int number, VisitorPace pace, Predicate<VisitorsReport> enough) {
    try (Visitors visitors = new Visitors(vertx, at, number, pace)) {
      visitors.start();
      await(visitors, enough);
      visitors.stop();
      return visitors.report(orders);
    }
  }

  private void await(Visitors visitors, Predicate<VisitorsReport> enough) {
    Await.until("visitors have seen enough", () -> enough.test(visitors.report(orders)));
  }
}
