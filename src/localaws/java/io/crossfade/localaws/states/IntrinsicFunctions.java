package io.crossfade.localaws.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.UUID;

/** What the intrinsic functions do. */
final class IntrinsicFunctions {
  private IntrinsicFunctions() {}

  static JsonNode apply(String name, List<JsonNode> in) throws StateFailure {
    return switch (name) {
      case "States.Format" -> TextNode.valueOf(format(in));
      case "States.StringToJson" -> stringToJson(in);
      case "States.JsonToString" -> TextNode.valueOf(exactly(1, name, in).get(0).toString());
      case "States.Array" -> StateJson.MAPPER.createArrayNode().addAll(in);
      case "States.MathAdd" -> mathAdd(in);
      case "States.UUID" -> uuid(in);
      case "States.JsonMerge" -> jsonMerge(in);
      default -> throw failure("intrinsic function not emulated: " + name);
    };
  }

  private static String format(List<JsonNode> in) throws StateFailure {
    if (in.isEmpty() || !in.get(0).isTextual()) {
      throw failure("States.Format: the first argument must be a string");
    }
    String template = in.get(0).textValue();
    StringBuilder out = new StringBuilder();
    int next = 1;
    for (int at = 0; at < template.length(); at++) {
      char c = template.charAt(at);
      if (c == '\\' && at + 1 < template.length()) {
        out.append(template.charAt(++at));
      } else if (template.startsWith("{}", at)) {
        out.append(placed(in, next++));
        at++;
      } else {
        out.append(c);
      }
    }
    if (next != in.size()) {
      throw failure("States.Format: %d places, %d values".formatted(next - 1, in.size() - 1));
    }
    return out.toString();
  }

  private static String placed(List<JsonNode> in, int index) throws StateFailure {
    if (index >= in.size()) {
      throw failure("States.Format: more places than values");
    }
    if (in.get(index).isContainerNode()) {
      throw failure("States.Format: a value must be a string, number, boolean or null");
    }
    return in.get(index).asText();
  }

  private static JsonNode stringToJson(List<JsonNode> in) throws StateFailure {
    JsonNode text = exactly(1, "States.StringToJson", in).get(0);
    try {
      return StateJson.parse(text.textValue());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw failure("States.StringToJson: not JSON: " + text);
    }
  }

  private static JsonNode mathAdd(List<JsonNode> in) throws StateFailure {
    exactly(2, "States.MathAdd", in);
    if (!in.get(0).isNumber() || !in.get(1).isNumber()) {
      throw failure("States.MathAdd: both arguments must be numbers");
    }
    long sum = Math.round(in.get(0).doubleValue()) + Math.round(in.get(1).doubleValue());
    if (sum != (int) sum) {
      throw failure("States.MathAdd: the sum does not fit 32 bits");
    }
    return IntNode.valueOf((int) sum);
  }

  private static JsonNode uuid(List<JsonNode> in) throws StateFailure {
    exactly(0, "States.UUID", in);
    return TextNode.valueOf(UUID.randomUUID().toString());
  }

  /** Step Functions itself knows only the shallow mode, so the third argument must be false. */
  private static JsonNode jsonMerge(List<JsonNode> in) throws StateFailure {
    exactly(3, "States.JsonMerge", in);
    if (!in.get(0).isObject() || !in.get(1).isObject() || !in.get(2).isBoolean()) {
      throw failure("States.JsonMerge: two objects and false expected");
    }
    if (in.get(2).booleanValue()) {
      throw failure("States.JsonMerge: only the shallow mode (false) is supported");
    }
    ObjectNode merged = in.get(0).deepCopy();
    merged.setAll((ObjectNode) in.get(1));
    return merged;
  }

  private static List<JsonNode> exactly(int count, String name, List<JsonNode> in)
      throws StateFailure {
    if (in.size() != count) {
      throw failure("%s: %d arguments expected, found %d".formatted(name, count, in.size()));
    }
    return in;
  }

  private static StateFailure failure(String cause) {
    return new StateFailure("States.IntrinsicFailure", cause);
  }
}
