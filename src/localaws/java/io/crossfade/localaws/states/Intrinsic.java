package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A call of an intrinsic function, such as {@code States.Format('v{}', $.number)}. */
record Intrinsic(String name, List<Object> arguments) {
  /** The functions that are emulated; any other is refused by name. */
  static final Set<String> KNOWN =
      Set.of(
          "States.Format",
          "States.StringToJson",
          "States.JsonToString",
          "States.Array",
          "States.MathAdd",
          "States.UUID",
          "States.JsonMerge");

  /** A path as an argument. */
  record Path(String text) {}

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  static Intrinsic parse(String text) {
    Parser parser = new Parser(text);
    Intrinsic call = parser.call();
    parser.end();
    return call;
  }

  JsonNode evaluate(JsonNode data, JsonNode context) throws StateFailure {
    List<JsonNode> values = new ArrayList<>();
    for (Object argument : arguments) {
      values.add(value(argument, data, context));
    }
    return IntrinsicFunctions.apply(name, values);
  }

  private static JsonNode value(Object argument, JsonNode data, JsonNode context)
      throws StateFailure {
    if (argument instanceof Path path) {
      return Paths.read(path.text(), data, context);
    }
    return argument instanceof Intrinsic call ? call.evaluate(data, context) : (JsonNode) argument;
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    Intrinsic call() {
      int open = text.indexOf('(', at);
      String name = open < 0 ? text.substring(at) : text.substring(at, open).strip();
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException("intrinsic function not emulated: " + name);
      }
      at = open + 1;
      if (open < 0) {
        throw wrong("( expected");
      }
      return new Intrinsic(name, arguments());
    }

    void end() {
      skipBlanks();
      if (at < text.length()) {
        throw wrong("end expected");
      }
    }

    private List<Object> arguments() {
      List<Object> arguments = new ArrayList<>();
      skipBlanks();
      if (take(')')) {
        return arguments;
      }
      do {
        skipBlanks();
        arguments.add(argument());
        skipBlanks();
      } while (take(','));
      if (!take(')')) {
        throw wrong(") expected");
      }
      return arguments;
    }

    private Object argument() {
      if (take('\'')) {
        return TextNode.valueOf(quoted());
      }
      if (text.startsWith("States.", at)) {
        return call();
      }
      return text.startsWith("$", at) ? path() : literal(bare());
    }

    /** Keeps a backslash before a brace or a backslash: States.Format reads those itself. */
    private String quoted() {
      StringBuilder out = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '\'') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          if (text.charAt(at + 1) != '\'') {
            out.append('\\');
          }
          at++;
        }
        out.append(text.charAt(at++));
      }
      if (!take('\'')) {
        throw wrong("' expected");
      }
      return out.toString();
    }

    private Path path() {
      int start = at;
      int depth = 0;
      boolean inQuotes = false;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\'') {
          inQuotes = !inQuotes;
        } else if (!inQuotes && (c == '(' || c == '[')) {
          depth++;
        } else if (!inQuotes && (c == ')' || c == ']')) {
          if (depth == 0) {
            break;
          }
          depth--;
        } else if (!inQuotes && depth == 0 && c == ',') {
          break;
        }
        at++;
      }
      String path = text.substring(start, at).strip();
      Paths.problem(path)
          .ifPresent(
              problem -> {
                throw wrong(problem);
              });
      return new Path(path);
    }

    private String bare() {
      int start = at;
      while (at < text.length() && ",)".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at).strip();
    }

    private JsonNode literal(String word) {
      if (word.equals("null")) {
        return NullNode.instance;
      }
      if (word.equals("true") || word.equals("false")) {
        return BooleanNode.valueOf(word.equals("true"));
      }
      try {
        return StateJson.MAPPER.getNodeFactory().numberNode(new java.math.BigDecimal(word));
      } catch (NumberFormatException e) {
        throw wrong("no argument: " + word);
      }
    }

    private boolean take(char expected) {
      if (at < text.length() && text.charAt(at) == expected) {
        at++;
        return true;
      }
      return false;
    }

    private void skipBlanks() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException("%s at character %d of %s".formatted(what, at, text));
    }
  }
}
