package io.crossfade.localaws.cloudwatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of CloudWatch's metric math in which error rates are written: numbers, metric ids,
 * {@code + - * /}, comparisons, parentheses, {@code IF(condition, then, else)} and {@code FILL(m,
 * value)}. A missing operand, or a division by zero, makes the result missing.
 */
final class MetricMath {
  /** A part of the expression, over the figures of one period by metric id. */
  private interface Node {
    OptionalDouble value(Map<String, OptionalDouble> figures);
  }

  private static final Pattern TOKEN =
      Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*|>=|<=|==|!=|[-+*/()<>,])");
  private static final Map<String, DoubleBinaryOperator> COMPARISONS =
      Map.of(
          ">", (a, b) -> a > b ? 1 : 0,
          ">=", (a, b) -> a >= b ? 1 : 0,
          "<", (a, b) -> a < b ? 1 : 0,
          "<=", (a, b) -> a <= b ? 1 : 0,
          "==", (a, b) -> a == b ? 1 : 0,
          "!=", (a, b) -> a != b ? 1 : 0);
  private static final Map<String, DoubleBinaryOperator> SUMS =
      Map.of("+", Double::sum, "-", (a, b) -> a - b);
  private static final Map<String, DoubleBinaryOperator> PRODUCTS =
      Map.of("*", (a, b) -> a * b, "/", (a, b) -> b == 0 ? Double.NaN : a / b);

  private final String text;
  private final List<String> tokens;
  private final Set<String> ids = new TreeSet<>();
  private final Node root;
  private int position;

  private MetricMath(String text) {
    this.text = text;
    this.tokens = tokens(text);
    this.root = comparison();
    if (position < tokens.size()) {
      throw notEmulated();
    }
  }

  static MetricMath parse(String text) {
    return new MetricMath(text);
  }

  /** The ids of the metrics that the expression reads. */
  Set<String> ids() {
    return ids;
  }

  OptionalDouble value(Map<String, OptionalDouble> figures) {
    return root.value(figures);
  }

  private List<String> tokens(String source) {
    List<String> found = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(source.strip());
    while (matcher.lookingAt()) {
      found.add(matcher.group(1));
      matcher.region(matcher.end(), matcher.regionEnd());
    }
    if (matcher.regionStart() < matcher.regionEnd()) {
      throw notEmulated();
    }
    return found;
  }

  private UnsupportedOperationException notEmulated() {
    return new UnsupportedOperationException("not emulated: metric math " + text);
  }

  private Node comparison() {
    return chain(COMPARISONS, this::sum);
  }

  private Node sum() {
    return chain(SUMS, this::product);
  }

  private Node product() {
    return chain(PRODUCTS, this::operand);
  }

  private Node chain(
      Map<String, DoubleBinaryOperator> operators, java.util.function.Supplier<Node> part) {
    Node left = part.get();
    while (position < tokens.size() && operators.containsKey(tokens.get(position))) {
      left = both(operators.get(next()), left, part.get());
    }
    return left;
  }

  private static Node both(DoubleBinaryOperator operator, Node left, Node right) {
    BiFunction<OptionalDouble, OptionalDouble, OptionalDouble> apply =
        (a, b) -> present(operator.applyAsDouble(a.getAsDouble(), b.getAsDouble()));
    return figures -> {
      OptionalDouble a = left.value(figures);
      OptionalDouble b = right.value(figures);
      return a.isPresent() && b.isPresent() ? apply.apply(a, b) : OptionalDouble.empty();
    };
  }

  private static OptionalDouble present(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private Node operand() {
    String token = next();
    if (token.equals("(")) {
      Node inner = comparison();
      expect(")");
      return inner;
    }
    if (token.equals("-")) {
      return both((a, b) -> a - b, figures -> OptionalDouble.of(0), operand());
    }
    if (Character.isDigit(token.charAt(0))) {
      OptionalDouble number = OptionalDouble.of(Double.parseDouble(token));
      return figures -> number;
    }
    return position < tokens.size() && tokens.get(position).equals("(")
        ? function(token.toUpperCase(Locale.ROOT))
        : metric(token);
  }

  private Node metric(String id) {
    if (!Character.isLowerCase(id.charAt(0))) {
      throw notEmulated();
    }
    ids.add(id);
    return figures -> figures.getOrDefault(id, OptionalDouble.empty());
  }

  private Node function(String name) {
    expect("(");
    List<Node> arguments = new ArrayList<>(List.of(comparison()));
    while (position < tokens.size() && tokens.get(position).equals(",")) {
      next();
      arguments.add(comparison());
    }
    expect(")");
    return switch (name + arguments.size()) {
      case "IF3" -> condition(arguments);
      case "FILL2" -> fill(arguments.get(0), arguments.get(1));
      default -> throw notEmulated();
    };
  }

  private static Node condition(List<Node> parts) {
    return figures -> {
      OptionalDouble condition = parts.get(0).value(figures);
      if (condition.isEmpty()) {
        return condition;
      }
      return parts.get(condition.getAsDouble() != 0 ? 1 : 2).value(figures);
    };
  }

  private static Node fill(Node metric, Node filling) {
    return figures -> {
      OptionalDouble value = metric.value(figures);
      return value.isPresent() ? value : filling.value(figures);
    };
  }

  private String next() {
    if (position >= tokens.size()) {
      throw notEmulated();
    }
    return tokens.get(position++);
  }

  private void expect(String... wanted) {
    if (!Arrays.asList(wanted).contains(next())) {
      throw notEmulated();
    }
  }
}
