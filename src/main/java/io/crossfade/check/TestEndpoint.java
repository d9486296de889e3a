package io.crossfade.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where requests are sent so that the test rule takes them.
 *
 * @param server the load balancer's own name
 * @param host what the request says the host is
 * @param headers that the rule asks for
 * @param paths of each path condition, the patterns of which one must match
 * @param methods of which the rule takes one; empty if it takes any
 */
record TestEndpoint(
    boolean tls,
    String server,
    int port,
    String host,
    Map<String, String> headers,
    List<List<String>> paths,
    List<String> methods) {
  /**
   * A condition of a rule (ELBv2 API reference, RuleCondition).
   *
   * @param header its name, if it is one on a header
   */
  record Condition(String field, String header, List<String> values) {}

  /**
   * @param server the load balancer's DNS name
   * @throws IllegalArgumentException if no request of a check can meet a condition
   */
  static TestEndpoint of(boolean tls, String server, int port, List<Condition> conditions) {
    String host = server;
    Map<String, String> headers = new LinkedHashMap<>();
    List<List<String>> paths = new ArrayList<>();
    List<String> methods = List.of();
    for (Condition condition : conditions) {
      if (condition.values().isEmpty()) {
        throw unmet(condition);
      }
      String first = condition.values().get(0);
      switch (condition.field()) {
        case "host-header" -> host = example(first);
        case "http-header" -> headers.put(condition.header(), example(first));
        case "path-pattern" -> paths.add(condition.values());
        case "http-request-method" -> methods = condition.values();
        case "source-ip" -> {} // What address the function has is not known here.
        default -> throw unmet(condition);
      }
    }
    return new TestEndpoint(tls, server, port, host, headers, paths, methods);
  }

  private static IllegalArgumentException unmet(Condition condition) {
    return new IllegalArgumentException(
        "the test rule has a condition on %s that no check can meet".formatted(condition.field()));
  }

  /** A value that a pattern matches. */
  private static String example(String pattern) {
    return pattern.replace("*", "crossfade").replace('?', 'x');
  }

  /** Why another rule would take such a request; empty if the test rule does. */
  Optional<String> problem(String method, String path) {
    if (!methods.isEmpty() && !methods.contains(method)) {
      return Optional.of("the test rule takes no " + method);
    }
    String bare = path.split("[?]", 2)[0];
    return paths.stream().allMatch(patterns -> patterns.stream().anyMatch(p -> match(p, bare)))
        ? Optional.empty()
        : Optional.of("the test rule does not take the path " + bare);
  }

  private static boolean match(String pattern, String path) {
    String regex =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return path.matches(regex);
  }

  /** As a browser would write it. */
  String url() {
    return "%s://%s:%d".formatted(tls ? "https" : "http", host, port);
  }
}
