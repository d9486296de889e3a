package io.crossfade.localaws.elb;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Path-pattern conditions, the only kind of condition that is emulated. */
final class PathPatterns {
  private PathPatterns() {}

  /** One pattern per condition: all conditions must match, of a condition's values any. */
  static List<Pattern> of(List<RuleCondition> conditions) {
    return conditions.stream().map(PathPatterns::compile).toList();
  }

  private static Pattern compile(RuleCondition condition) {
    if (!"path-pattern".equals(condition.field())) {
      throw new UnsupportedOperationException("not emulated: rule condition " + condition.field());
    }
    List<String> values =
        condition.pathPatternConfig() == null
            ? condition.values()
            : condition.pathPatternConfig().values();
    if (values.isEmpty()) {
      throw ElbErrors.validation("A condition value must be specified");
    }
    return Pattern.compile(
        values.stream().map(PathPatterns::regex).collect(Collectors.joining("|")));
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
