package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.http.WebRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The arguments of a Web API method, from JSON or from a form. */
final class WebApiArguments {
  private static final Set<String> JSON_IN_FORMS = Set.of("blocks", "metadata");

  private WebApiArguments() {}

  static ObjectNode of(WebRequest request) {
    return switch (request.mediaType()) {
      case "application/json" ->
          SlackJson.parse(request.text(), "invalid_json") instanceof ObjectNode arguments
              ? arguments
              : notAnObject();
      case "application/x-www-form-urlencoded" -> form(request.text());
      default -> throw new SlackError("invalid_post_type");
    };
  }

  private static ObjectNode notAnObject() {
    throw new SlackError("json_not_object");
  }

  private static ObjectNode form(String body) {
    ObjectNode arguments = SlackJson.object();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
      String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
      if (JSON_IN_FORMS.contains(name)) {
        JsonNode parsed = SlackJson.parse(value, "invalid_" + name + "_format");
        arguments.set(name, parsed);
      } else if (!name.isEmpty()) {
        arguments.put(name, value);
      }
    }
    return arguments;
  }

  /** From the header, or from a form; a token in a JSON body does not count. */
  static String token(WebRequest request, ObjectNode arguments) {
    String header = request.header("authorization");
    if (header.startsWith("Bearer ")) {
      return header.substring("Bearer ".length()).strip();
    }
    boolean json = request.mediaType().equals("application/json");
    return json ? "" : arguments.path("token").asText("");
  }

  static void only(ObjectNode arguments, Set<String> known) {
    List<String> unknown = new ArrayList<>();
    arguments
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                unknown.add("[ERROR] not emulated: " + name + " [json-pointer:/" + name + "]");
              }
            });
    if (!unknown.isEmpty()) {
      throw new SlackError("invalid_arguments", unknown);
    }
  }
}
