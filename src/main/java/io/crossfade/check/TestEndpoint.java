package io.crossfade.check;

import io.crossfade.release.ReleaseCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where requests are sent so that the test rule takes them.
 *
 * @param server the load balancer's own name
 * @param hosts of which the rule takes one, as patterns; empty if it takes any
 * @param headers that the rule asks for
 * @param paths of each path condition, the patterns of which one must match
 * @param methods of which the rule takes one; empty if it takes any
 */
record TestEndpoint(
    boolean tls,
    String server,
    int port,
    List<String> hosts,
    Map<String, String> headers,
    List<List<String>> paths,
    List<String> methods) {
  private static final int SECRET_CHARS = 8;

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
    List<String> hosts = List.of();
    Map<String, String> headers = new LinkedHashMap<>();
    List<List<String>> paths = new ArrayList<>();
    List<String> methods = List.of();
    for (Condition condition : conditions) {
      if (condition.values().isEmpty()) {
        throw unmet(condition);
      }
      String first = condition.values().get(0);
      switch (condition.field()) {
        case "host-header" -> hosts = condition.values();
        case "http-header" -> headers.put(condition.header(), example(first));
        case "path-pattern" -> paths.add(condition.values());
        case "http-request-method" -> methods = condition.values();
        case "source-ip" -> {} // What address the function has is not known here.
        default -> throw unmet(condition);
      }
    }
    return new TestEndpoint(tls, server, port, hosts, headers, paths, methods);
  }

  private static IllegalArgumentException unmet(Condition condition) {
    return new IllegalArgumentException(
        "the test rule has a condition on %s that no check can meet".formatted(condition.field()));
  }

  /** A value that a pattern matches. */
  private static String example(String pattern) {
    return pattern.replace("*", "crossfade").replace('?', 'x');
  }

  /** What requests say the host is, unless a check names one. */
  String host() {
    return hosts.isEmpty() ? server : example(hosts.get(0));
  }

  /** Why no request of a check would come to the new version by this rule; empty if it would. */
  Optional<String> problem(ReleaseCheck.Http check) {
    String named = check.host();
    if (named == null ? tls && hosts.isEmpty() : !hosts.isEmpty() && !takesHost(named)) {
      return Optional.of(
          named == null
              ? "its listener speaks HTTPS, and the test rule names no host: the check needs one,"
                  + " for which the certificate is"
              : "the test rule does not take the host " + named);
    }
    if (!methods.isEmpty() && !methods.contains(check.method())) {
      return Optional.of("the test rule takes no " + check.method());
    }
    String bare = check.path().split("[?]", 2)[0];
    return paths.stream().allMatch(patterns -> matchesAny(patterns, bare))
        ? Optional.empty()
        : Optional.of("the test rule does not take the path " + bare);
  }

  /**
   * The same words without the values of headers that may be secrets: those of a good length. Where
   * words were cut off there may be the beginning of one.
   */
  String withoutSecrets(String words) {
    String clean = words;
    for (String value : headers.values()) {
      if (value.length() >= SECRET_CHARS) {
        clean = clean.replace(value, "…");
        for (int chars = value.length(); chars > 0; chars--) {
          clean = clean.replace(value.substring(0, chars) + "…", "…");
        }
      }
    }
    return clean;
  }

  /** Host names are the same in capitals (ELBv2 API reference, HostHeaderConditionConfig). */
  private boolean takesHost(String named) {
    return hosts.stream()
        .anyMatch(
            pattern -> match(pattern.toLowerCase(Locale.ROOT), named.toLowerCase(Locale.ROOT)));
  }

  private static boolean matchesAny(List<String> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> match(pattern, text));
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
    return "%s://%s:%d".formatted(tls ? "https" : "http", host(), port);
  }
}
