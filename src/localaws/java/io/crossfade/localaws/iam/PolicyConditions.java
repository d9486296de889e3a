package io.crossfade.localaws.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.sdk.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * The conditions of a statement: all of them must hold. One on a key that the request does not have
 * does not hold, unless its operator ends with IfExists or negates.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">
 *     Condition operators</a>
 */
record PolicyConditions(List<Test> tests) {
  /** One key: any of the values. */
  private record Test(
      String key,
      List<String> values,
      BiPredicate<String, String> operator,
      boolean negated,
      boolean ifExists) {
    boolean holds(Map<String, String> context) {
      String found = context.get(key);
      if (found == null) {
        return ifExists || negated;
      }
      return values.stream().anyMatch(value -> operator.test(value, found)) != negated;
    }
  }

  static PolicyConditions parse(JsonNode condition, String sid) {
    List<Test> tests = new ArrayList<>();
    condition
        .properties()
        .forEach(
            operator ->
                operator
                    .getValue()
                    .properties()
                    .forEach(
                        key ->
                            tests.add(
                                test(
                                    operator.getKey(),
                                    key.getKey(),
                                    PolicyStatement.texts(
                                        key.getValue(), sid + ": " + key.getKey()),
                                    sid))));
    return new PolicyConditions(List.copyOf(tests));
  }

  private static Test test(String operator, String key, List<String> values, String sid) {
    boolean ifExists = operator.endsWith("IfExists");
    String plain = ifExists ? operator.substring(0, operator.length() - 8) : operator;
    boolean negated = plain.matches("(String|Arn)Not.*");
    return new Test(
        key, values, comparison(plain.replaceFirst("Not", ""), operator, sid), negated, ifExists);
  }

  private static BiPredicate<String, String> comparison(String plain, String named, String sid) {
    return switch (plain) {
      case "StringEquals" -> String::equals;
      case "StringEqualsIgnoreCase", "Bool" -> String::equalsIgnoreCase;
      case "StringLike" -> Wildcards::match;
      case "ArnLike", "ArnEquals" -> Wildcards::matchArn;
      default ->
          throw new PolicyError("%s: condition operator not emulated: %s".formatted(sid, named));
    };
  }

  /**
   * Every resource here is of the one account. The names of condition keys do not distinguish
   * between upper and lower case.
   */
  boolean hold(Map<String, String> context) {
    Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    found.put("aws:ResourceAccount", Arns.ACCOUNT);
    found.putAll(context);
    return tests.stream().allMatch(test -> test.holds(found));
  }
}
