package io.crossfade.rehearsal;

import io.crossfade.site.OrderBook;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Many visitors at once, each on the site from {@link #start()} to {@link #stop()}. They live on
 * one event loop, so that a thousand of them cost no thread.
 */
public final class Visitors implements AutoCloseable {
  private final Vertx vertx;
  private final Context context;
  private final HttpClient client;
  private final VisitorPace pace;
  private final int number;
  private final RequestTally tally = new RequestTally();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  // Both belong to the event loop.
  private boolean stopping;
  private int inFlight;

  public Visitors(Vertx vertx, URI site, int number) {
    this(vertx, site, number, VisitorPace.ORDINARY);
  }

  /**
   * @param site where the load balancer listens; only host and port are used
   */
  public Visitors(Vertx vertx, URI site, int number, VisitorPace pace) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.number = number;
    this.pace = pace;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setDefaultHost(site.getHost())
                .setDefaultPort(site.getPort())
                .setConnectTimeout((int) pace.patience().toMillis()),
            new PoolOptions().setHttp1MaxSize(number));
  }

  /** Lets them come, spread over the length of one thought. Call it once. */
  public void start() {
    Stream.generate(() -> new Visitor(client, tally, pace))
        .limit(number)
        .forEach(visitor -> context.runOnContext(now -> visit(visitor, pace.arrivalMillis())));
  }

  private void visit(Visitor visitor, long inMillis) {
    vertx.setTimer(
        inMillis,
        timer -> {
          if (!stopping) {
            inFlight++;
            visitor.next().onComplete(answered -> think(visitor));
          }
        });
  }

  private void think(Visitor visitor) {
    inFlight--;
    leaveIfDone();
    visit(visitor, pace.thoughtMillis());
  }

  private void leaveIfDone() {
    if (stopping && inFlight == 0) {
      gone.complete(null);
    }
  }

  /** Sends nothing more, and returns when every request in flight has been answered and counted. */
  public void stop() {
    context.runOnContext(
        now -> {
          stopping = true;
          leaveIfDone();
        });
    gone.orTimeout(2 * pace.patience().toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** What has been answered so far, by version. */
  public Map<String, VersionCount> counts() {
    return tally.versions();
  }

  /** What has been answered so far, over time. */
  List<RequestInterval> series() {
    return tally.series();
  }

  /** Real seconds since the visitors were created: the time line of all that they report. */
  public double seconds() {
    return tally.seconds();
  }

  /** Everything so far; the orders are compared with the book as it is now. */
  public VisitorsReport report(OrderBook orders) {
    return VisitorsReport.of(tally, orders);
  }

  @Override
  public void close() {
    stop();
    client.close().toCompletionStage().toCompletableFuture().join();
  }
}
