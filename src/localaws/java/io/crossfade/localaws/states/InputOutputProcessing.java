package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;

/** InputPath, ResultPath and OutputPath. */
final class InputOutputProcessing {
  private InputOutputProcessing() {}

  /** Applies InputPath or OutputPath: null makes an empty object, none leaves the data alone. */
  static JsonNode path(State state, String field, JsonNode data, JsonNode context)
      throws StateFailure {
    if (!state.has(field)) {
      return data;
    }
    return state.get(field).isNull()
        ? StateJson.object()
        : JsonPaths.read(state.text(field), data, context);
  }

  /** Applies the ResultPath of a state or of a catcher: null drops the result. */
  static JsonNode place(JsonNode fields, JsonNode input, JsonNode result) throws StateFailure {
    JsonNode path = fields.get("ResultPath");
    if (path == null) {
      return result;
    }
    return path.isNull() ? input : JsonPaths.write(path.textValue(), input, result);
  }

  static void limit(State state, JsonNode data, String what) throws StateFailure {
    if (StateJson.tooLarge(StateJson.text(data))) {
      throw new StateFailure(
          StateFailure.DATA_LIMIT,
          "The state/task '%s' returned a result with a size exceeding the maximum number of bytes service limit (its %s)."
              .formatted(state.name(), what));
    }
  }
}
