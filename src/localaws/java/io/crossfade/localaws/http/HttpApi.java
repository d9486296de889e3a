package io.crossfade.localaws.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.DaemonThreads;
import io.crossfade.localaws.iam.IamUser;
import io.crossfade.localaws.iam.IamUsers;
import io.crossfade.localaws.states.FunctionInvoker;
import io.crossfade.localaws.template.HttpApiResource;
import io.crossfade.localaws.template.HttpRoute;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One HTTP API. Time-outs are real, for clients and functions are; limits are those of
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html.
 */
public final class HttpApi implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;
  private static final Duration INTEGRATION_TIMEOUT = Duration.ofSeconds(30);

  private final HttpApiResource api;
  private final FunctionInvoker functions;
  private final IamUsers users;
  private final Supplier<Instant> clock;
  private final Duration timeout;
  private final WebServer server;
  private final ExecutorService calls = DaemonThreads.pool("http-api-call");

  /** For an API that anybody may call, at the real time. */
  public HttpApi(HttpApiResource api, FunctionInvoker functions) {
    this(api, functions, INTEGRATION_TIMEOUT);
  }

  HttpApi(HttpApiResource api, FunctionInvoker functions, Duration timeout) {
    this(api, functions, timeout, new IamUsers(), Instant::now);
  }

  /**
   * @param users who may sign requests, with what they may do
   * @param clock what a function is told of the time; signatures are made in real time
   */
  public HttpApi(
      HttpApiResource api, FunctionInvoker functions, IamUsers users, Supplier<Instant> clock) {
    this(api, functions, INTEGRATION_TIMEOUT, users, clock);
  }

  private HttpApi(
      HttpApiResource api,
      FunctionInvoker functions,
      Duration timeout,
      IamUsers users,
      Supplier<Instant> clock) {
    this.api = api;
    this.functions = functions;
    this.users = users;
    this.clock = clock;
    this.timeout = timeout;
    this.server = new WebServer("http-api", MAX_BODY_BYTES, this::handle);
  }

  /** The real address of the API, whatever its host name; without a slash at the end. */
  public URI url() {
    return server.url();
  }

  /** The real address of a route. */
  public URI url(HttpRoute route) {
    return URI.create(server.url() + route.path());
  }

  public HttpApiResource resource() {
    return api;
  }

  private WebResponse handle(WebRequest request) {
    String requestId = UUID.randomUUID().toString();
    return respond(request, requestId).with("Apigw-Requestid", requestId);
  }

  private WebResponse respond(WebRequest request, String requestId) {
    if (request.body().length > MAX_BODY_BYTES) {
      return message(413, "Request Entity Too Large");
    }
    Optional<HttpRoute> route = route(request, request.method()).or(() -> route(request, "ANY"));
    return route.map(r -> authorize(request, r, requestId)).orElse(message(404, "Not Found"));
  }

  /** Whatever is wrong with a signature, and whoever may not, the answer is the same. */
  private WebResponse authorize(WebRequest request, HttpRoute route, String requestId) {
    ObjectNode event = HttpEvent.of(request, route, requestId, clock.get());
    if (!api.iam()) {
      return call(route, event);
    }
    Optional<IamUser> user =
        signer(request).filter(u -> u.mayInvoke(api.id(), request.method(), route.path()));
    user.ifPresent(known -> HttpEvent.authorized(event, known));
    return user.isPresent() ? call(route, event) : message(403, "Forbidden");
  }

  private Optional<IamUser> signer(WebRequest request) {
    return RequestSignature.of(request)
        .flatMap(
            signature ->
                users
                    .find(signature.accessKeyId())
                    .filter(
                        user -> signature.matches(request, user.secretAccessKey(), Instant.now())));
  }

  private Optional<HttpRoute> route(WebRequest request, String method) {
    return api.routes().stream()
        .filter(route -> route.method().equals(method) && route.path().equals(request.path()))
        .findFirst();
  }

  private WebResponse call(HttpRoute route, ObjectNode event) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.execute(
        () -> {
          try {
            answer.complete(functions.invoke(route.functionName(), event));
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    return response(answer);
  }

  private WebResponse response(CompletableFuture<JsonNode> answer) {
    try {
      return FunctionResponse.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS))
          .orElse(message(500, "Internal Server Error"));
    } catch (TimeoutException e) {
      return message(503, "Service Unavailable");
    } catch (ExecutionException e) {
      return message(500, "Internal Server Error");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return message(503, "Service Unavailable");
    }
  }

  private static WebResponse message(int status, String text) {
    return WebResponse.of(status, "application/json", "{\"message\":\"" + text + "\"}");
  }

  @Override
  public void close() {
    server.close();
    calls.shutdownNow();
  }
}
