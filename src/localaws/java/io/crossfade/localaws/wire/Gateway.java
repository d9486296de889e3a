package io.crossfade.localaws.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crossfade.localaws.DaemonThreads;
import io.crossfade.localaws.storage.LocalS3;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkPojo;

/** The one endpoint of a local AWS, on 127.0.0.1. */
public final class Gateway implements AutoCloseable {
  static {
    // Without it every answer waits 40 ms for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final List<Protocol> PROTOCOLS =
      List.of(new CborProtocol(), new JsonProtocol(), new QueryProtocol(), new LambdaProtocol());
  private final Map<String, ServiceImplementation> services = new ConcurrentHashMap<>();
  private final CallInterceptors calls = new CallInterceptors();
  private final List<Consumer<Exchange>> observers = new CopyOnWriteArrayList<>();
  private final S3Endpoint s3 = new S3Endpoint(calls);
  private final HttpServer server;
  private final ExecutorService threads = DaemonThreads.pool("local-aws");

  /** Listens on any free port. */
  public Gateway() {
    this(0);
  }

  /**
   * @param port 0 for any
   */
  public Gateway(int port) {
    try {
      InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      server = HttpServer.create(new InetSocketAddress(local, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::exchange);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Serves every operation that the service overrides; replaces an earlier service. */
  public <C> void serve(String signingName, Class<C> clientInterface, C service) {
    services.put(signingName, new ServiceImplementation(clientInterface, service));
  }

  public void serveS3(LocalS3 storage) {
    s3.open(storage);
  }

  public void intercept(CallInterceptor interceptor) {
    calls.intercept(interceptor);
  }

  /** Is shown every exchange before its response is edited and sent, refused requests included. */
  public void observe(Consumer<Exchange> observer) {
    observers.add(observer);
  }

  /** Removes an interceptor. */
  public void removeInterceptor(CallInterceptor interceptor) {
    calls.removeInterceptor(interceptor);
  }

  /** How often each operation was called since the start or the last reset, failures included. */
  public Map<String, Long> callCounts() {
    return calls.counts();
  }

  /** Sets the counts to zero. Services and interceptors stay. */
  public void reset() {
    calls.reset();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      String requestId = UUID.randomUUID().toString();
      send(exchange, read(exchange, requestId), requestId);
    } catch (DroppedConnection lost) {
      // An exchange that is closed without an answer takes its connection with it.
    }
  }

  private WireResponse read(HttpExchange exchange, String requestId) throws IOException {
    try {
      WireRequest request = WireRequest.from(exchange);
      WireResponse response = respond(request, requestId);
      show(exchange, request, response);
      return edited(request, response);
    } catch (ProtocolError unreadable) {
      byte[] message = unreadable.getMessage().getBytes(StandardCharsets.UTF_8);
      return new WireResponse(400, Map.of("Content-Type", "text/plain"), message);
    }
  }

  private void show(HttpExchange exchange, WireRequest request, WireResponse response) {
    if (observers.isEmpty()) {
      return;
    }
    Exchange shown =
        new Exchange(
            request.method(),
            exchange.getRequestURI().toString(),
            request.headers(),
            request.body(),
            response.status(),
            response.headers(),
            response.body());
    observers.forEach(observer -> observer.accept(shown));
  }

  /** What an editor adds is no part of the local AWS, so no observer is shown it. */
  private WireResponse edited(WireRequest request, WireResponse response) {
    Caller caller = Caller.of(request);
    return PROTOCOLS.stream()
        .filter(protocol -> !caller.service().equals("s3") && protocol.speaks(request))
        .filter(protocol -> response.status() < 400)
        .findFirst()
        .map(protocol -> service(protocol, request, caller) + ":" + protocol.operation(request))
        .map(operation -> calls.edit(operation, response.body()))
        .map(body -> new WireResponse(response.status(), response.headers(), body))
        .orElse(response);
  }

  private static String service(Protocol protocol, WireRequest request, Caller caller) {
    return caller.service().isEmpty() ? protocol.service(request) : caller.service();
  }

  private WireResponse respond(WireRequest request, String requestId) {
    Caller caller = Caller.of(request);
    return PROTOCOLS.stream()
        .filter(protocol -> !caller.service().equals("s3") && protocol.speaks(request))
        .findFirst()
        .map(protocol -> call(protocol, request, caller, requestId))
        .orElseGet(() -> s3.respond(request, caller, requestId));
  }

  private WireResponse call(
      Protocol protocol, WireRequest request, Caller caller, String requestId) {
    String service = service(protocol, request, caller);
    String operation = protocol.operation(request);
    try {
      SdkPojo response = call(protocol, request, service, operation, caller.accessKeyId());
      return protocol.writeResponse(request, response, requestId);
    } catch (DroppedConnection lost) {
      throw lost;
    } catch (RuntimeException | Error e) {
      return protocol.writeError(
          request, ErrorResponses.of(e, service + ":" + operation), requestId);
    }
  }

  private SdkPojo call(
      Protocol protocol, WireRequest request, String service, String operation, String accessKey) {
    ServiceImplementation served = services.get(service);
    if (served == null || !served.knows(operation)) {
      throw ProtocolError.notEmulated(service + ":" + operation);
    }
    SdkPojo builder = served.requestBuilder(operation);
    protocol.read(request, builder);
    Call call = new Call(service, operation, accessKey, SdkModel.build(builder));
    return calls.run(call, () -> served.call(operation, call.request()));
  }

  private static void send(HttpExchange exchange, WireResponse response, String requestId)
      throws IOException {
    response.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
    exchange.getResponseHeaders().set("x-amz-request-id", requestId);
    boolean empty = response.body().length == 0;
    exchange.sendResponseHeaders(response.status(), empty ? -1 : response.body().length);
    if (!empty) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(response.body());
      }
    }
  }
}
