package io.crossfade.localaws.elb;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Path-pattern and http-header conditions, the only kinds of condition that are emulated. */
final class RuleConditions {
  /**
   * What a rule looks at of a request.
   *
   * @param headers the values of a header, whose name is not case-sensitive
   */
  record Request(String path, Function<String, List<String>> headers) {}

  private RuleConditions() {}

  /** All conditions must match, of a condition's values any. */
  static Predicate<Request> of(List<RuleCondition> conditions) {
    return conditions.stream().map(RuleConditions::compile).reduce(request -> true, Predicate::and);
  }

  private static Predicate<Request> compile(RuleCondition condition) {
    return switch (condition.field()) {
      case "path-pattern" -> path(condition);
      case "http-header" -> header(condition);
      default ->
          throw new UnsupportedOperationException(
              "not emulated: rule condition " + condition.field());
    };
  }

  private static Predicate<Request> path(RuleCondition condition) {
    List<String> values =
        condition.pathPatternConfig() == null
            ? condition.values()
            : condition.pathPatternConfig().values();
    Pattern pattern = pattern(values, 0);
    return request -> pattern.matcher(request.path()).matches();
  }

  /** Values are not case-sensitive; of a header that is there twice either may match. */
  private static Predicate<Request> header(RuleCondition condition) {
    String name = condition.httpHeaderConfig().httpHeaderName();
    Pattern pattern = pattern(condition.httpHeaderConfig().values(), Pattern.CASE_INSENSITIVE);
    return request ->
        request.headers().apply(name).stream().anyMatch(value -> pattern.matcher(value).matches());
  }

  private static Pattern pattern(List<String> values, int flags) {
    if (values.isEmpty()) {
      throw ElbErrors.validation("A condition value must be specified");
    }
    return Pattern.compile(
        values.stream().map(RuleConditions::regex).collect(Collectors.joining("|")), flags);
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (char c : glob.toCharArray()) {
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return regex.toString();
  }
}
