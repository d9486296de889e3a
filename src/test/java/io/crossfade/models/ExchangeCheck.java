package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds an exchange against the model of the service that it was signed for.
 *
 * <p>A request that the service refuses need not fit the model: then the service was right. A
 * response must always fit.
 */
public final class ExchangeCheck {
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=[^/]+/\\d{8}/[^/]+/([^/]+)/aws4_request");

  private final Map<String, ServiceModel> models = new TreeMap<>();

  public ExchangeCheck(Iterable<ServiceModel> models) {
    models.forEach(model -> this.models.put(model.signingName(), model));
  }

  /**
   * What was looked at.
   *
   * @param operation such as {@code ecs:UpdateService}
   * @param refused whether the request got an error of the caller's own making, and was not judged
   * @param findings a sentence for each
   */
  public record Result(String operation, boolean refused, List<String> findings) {}

  /** What a protocol knows of one exchange. */
  interface Protocol {
    /** As AWS spells it. */
    String operation();

    /** Findings on the envelope and the parameters. */
    List<String> request(JsonNode operation);

    /** Findings on a response that is no error. */
    List<String> response(JsonNode operation);

    /** Findings on an error. */
    List<String> error(JsonNode operation);
  }

  public Result check(Exchange exchange) {
    String service = signedFor(exchange);
    ServiceModel model = models.get(service);
    if (model == null) {
      return exchange.status() >= 400
          ? new Result(service, true, List.of())
          : new Result(service, false, List.of("no model of a service that is signed for as that"));
    }
    Protocol protocol = Protocols.of(model, exchange);
    String name = service + ":" + protocol.operation();
    return model
        .operation(protocol.operation())
        .map(operation -> check(name, exchange, protocol, operation))
        .orElseGet(
            () ->
                exchange.status() >= 400
                    ? new Result(name, true, List.of())
                    : new Result(name, false, List.of("the model has no such operation")));
  }

  private static Result check(
      String name, Exchange exchange, Protocol protocol, JsonNode operation) {
    boolean refused = exchange.status() >= 400 && exchange.status() < 500;
    List<String> findings = new ArrayList<>();
    if (!refused) {
      add(findings, "request", () -> protocol.request(operation));
    }
    if (exchange.status() >= 400) {
      add(findings, "error", () -> protocol.error(operation));
    } else {
      add(findings, "response", () -> protocol.response(operation));
    }
    return new Result(name, refused, findings);
  }

  private static void add(List<String> findings, String where, Supplier<List<String>> found) {
    try {
      found.get().forEach(finding -> findings.add(where + ": " + finding));
    } catch (IllegalArgumentException unreadable) {
      findings.add(where + ": " + unreadable.getMessage());
    }
  }

  private static String signedFor(Exchange exchange) {
    Matcher credential = CREDENTIAL.matcher(exchange.headers().getOrDefault("Authorization", ""));
    return credential.find() ? credential.group(1) : "";
  }
}
