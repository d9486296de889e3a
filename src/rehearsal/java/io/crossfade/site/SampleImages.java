package io.crossfade.site;

import io.crossfade.localaws.ecs.ContainerImage;
import io.crossfade.localaws.ecs.RunningContainer;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The site's image registry. What is pushed under an image URI is what a task with that URI runs;
 * all tasks share one Vert.x instance and one order book. Closing it kills every task that runs.
 */
public final class SampleImages implements AutoCloseable {
  private final Vertx vertx;
  private final OrderBook orders;
  private final Map<String, ContainerImage> images = new ConcurrentHashMap<>();
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final Set<SiteContainer> containers = ConcurrentHashMap.newKeySet();

  /**
   * @param vertx whose event loops the tasks run on; it stays the caller's to close
   */
  public SampleImages(Vertx vertx, OrderBook orders) {
    this.vertx = vertx;
    this.orders = orders;
  }

  public OrderBook orders() {
    return orders;
  }

  /** Makes the image URI a frontend of that version; returns this. */
  public SampleImages pushFrontend(String imageUri, SiteVersion version) {
    images.put(imageUri, frontend(version));
    return this;
  }

  /** Makes the image URI a backend of that version; returns this. */
  public SampleImages pushBackend(String imageUri, SiteVersion version) {
    images.put(imageUri, backend(version));
    return this;
  }

  /** The image with that URI; empty is what ECS calls CannotPullContainerError. */
  public Optional<ContainerImage> image(String imageUri) {
    return Optional.ofNullable(images.get(imageUri));
  }

  /**
   * Makes one task of a version fail its next health checks.
   *
   * @throws IllegalStateException if none of its tasks runs
   */
  public void failHealthChecks(String version, int number) {
    containers.stream()
        .filter(container -> container.running() && !container.stopping())
        .filter(container -> container.version().equals(version))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no task of %s runs".formatted(version)))
        .failHealthChecks(number);
  }

  /** Makes every task of a version pass its health checks again. */
  public void passHealthChecks(String version) {
    containers.stream()
        .filter(container -> container.version().equals(version))
        .forEach(container -> container.failHealthChecks(0));
  }

  /** From now on every task of a version behaves like this, also one that starts later. */
  public void behave(String version, Behaviour behaviour) {
    behaviours.put(version, behaviour);
    containers.stream()
        .filter(container -> container.version().equals(version))
        .forEach(container -> container.behave(behaviour));
  }

  public Set<String> imageUris() {
    return new TreeSet<>(images.keySet());
  }

  public ContainerImage frontend(SiteVersion version) {
    return start -> run(version, Frontend::new);
  }

  public ContainerImage backend(SiteVersion version) {
    return start -> run(version, name -> new Backend(name, orders));
  }

  /** Both halves in one, for those who have no load balancer in front. */
  public ContainerImage whole(SiteVersion version) {
    return start -> run(version, this::both);
  }

  private SiteApp both(String version) {
    SiteApp frontend = new Frontend(version);
    SiteApp backend = new Backend(version, orders);
    return (method, path, body) ->
        (path.startsWith("/api/") ? backend : frontend).answer(method, path, body);
  }

  private RunningContainer run(SiteVersion version, Function<String, SiteApp> app) {
    containers.removeIf(container -> !container.running());
    SiteContainer container = new SiteContainer(vertx, version, app.apply(version.name())).listen();
    containers.add(container);
    Optional.ofNullable(behaviours.get(version.name())).ifPresent(container::behave);
    return container;
  }

  @Override
  public void close() {
    containers.forEach(RunningContainer::close);
    containers.clear();
  }
}
