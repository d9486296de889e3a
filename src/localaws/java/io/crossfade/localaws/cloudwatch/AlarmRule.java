package io.crossfade.localaws.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The rule of a composite alarm: states of other alarms with AND, OR, NOT and parentheses. */
final class AlarmRule {
  private static final Pattern TOKEN = Pattern.compile("\\s*(\\(|\\)|\"[^\"]*\"|[^\\s()\"]+)");

  private final List<String> tokens = new ArrayList<>();
  private final Set<String> alarms = new TreeSet<>();
  private final Predicate<Function<String, StateValue>> root;
  private int position;

  private AlarmRule(String text) {
    Matcher matcher = TOKEN.matcher(text.strip());
    while (matcher.lookingAt()) {
      tokens.add(matcher.group(1));
      matcher.region(matcher.end(), matcher.regionEnd());
    }
    root = or();
    if (position < tokens.size() || matcher.regionStart() < matcher.regionEnd()) {
      throw invalid();
    }
  }

  static AlarmRule parse(String text) {
    return new AlarmRule(text == null ? "" : text);
  }

  /** The names of the alarms that the rule reads. */
  Set<String> alarms() {
    return alarms;
  }

  boolean holds(Function<String, StateValue> states) {
    return root.test(states);
  }

  private RuntimeException invalid() {
    return CloudWatchErrors.validation("AlarmRule is not valid: " + String.join(" ", tokens));
  }

  private Predicate<Function<String, StateValue>> or() {
    Predicate<Function<String, StateValue>> left = and();
    while (take("OR")) {
      left = left.or(and());
    }
    return left;
  }

  private Predicate<Function<String, StateValue>> and() {
    Predicate<Function<String, StateValue>> left = not();
    while (take("AND")) {
      left = left.and(not());
    }
    return left;
  }

  private Predicate<Function<String, StateValue>> not() {
    return take("NOT") ? not().negate() : operand();
  }

  private Predicate<Function<String, StateValue>> operand() {
    if (take("(")) {
      Predicate<Function<String, StateValue>> inner = or();
      expect(")");
      return inner;
    }
    String token = next();
    return switch (token) {
      case "TRUE" -> states -> true;
      case "FALSE" -> states -> false;
      case "ALARM", "OK", "INSUFFICIENT_DATA" -> state(StateValue.fromValue(token));
      default -> throw invalid();
    };
  }

  private Predicate<Function<String, StateValue>> state(StateValue wanted) {
    expect("(");
    String quoted = next();
    expect(")");
    String unquoted = quoted.startsWith("\"") ? quoted.substring(1, quoted.length() - 1) : quoted;
    String name = unquoted.startsWith("arn:") ? nameOf(unquoted) : unquoted;
    alarms.add(name);
    return states -> states.apply(name) == wanted;
  }

  private static String nameOf(String arn) {
    return arn.substring(arn.indexOf(":alarm:") + ":alarm:".length());
  }

  private boolean take(String token) {
    boolean there = position < tokens.size() && tokens.get(position).equals(token);
    position += there ? 1 : 0;
    return there;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw invalid();
    }
  }

  private String next() {
    if (position >= tokens.size()) {
      throw invalid();
    }
    return tokens.get(position++);
  }
}
