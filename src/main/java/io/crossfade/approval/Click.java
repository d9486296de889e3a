package io.crossfade.approval;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A click on one of the two buttons (Slack, block_actions payload).
 *
 * @param responseUrl where the click is answered
 * @param nonce the button's value
 */
record Click(
    String teamId,
    String appId,
    String userId,
    String userName,
    String responseUrl,
    ApprovalChoice choice,
    String nonce)
    implements InteractionPayload {
  private static final String NONCE = "[A-Za-z0-9_-]{43}";

  static InteractionPayload read(Map<?, ?> payload) {
    if (!(payload.get("type") instanceof String type)) {
      return new InteractionPayload.Malformed();
    }
    if (!type.equals("block_actions")) {
      return new InteractionPayload.Other();
    }
    if (!(payload.get("actions") instanceof List<?> actions)
        || actions.size() != 1
        || !(actions.get(0) instanceof Map<?, ?> action)) {
      return new InteractionPayload.Malformed();
    }
    Optional<ApprovalChoice> choice = text(action, "action_id").flatMap(ApprovalChoice::of);
    return choice.isEmpty() ? new InteractionPayload.Other() : click(payload, choice.get(), action);
  }

  private static InteractionPayload click(
      Map<?, ?> payload, ApprovalChoice choice, Map<?, ?> action) {
    Optional<String> team = inner(payload, "team", "id");
    Optional<String> app = text(payload, "api_app_id");
    Optional<String> user = inner(payload, "user", "id");
    Optional<String> responseUrl = text(payload, "response_url");
    Optional<String> nonce = text(action, "value").filter(value -> value.matches(NONCE));
    if (List.of(team, app, user, responseUrl, nonce).contains(Optional.<String>empty())) {
      return new InteractionPayload.Malformed();
    }
    String name =
        inner(payload, "user", "username").or(() -> inner(payload, "user", "name")).orElse(null);
    return new Click(
        team.get(), app.get(), user.get(), name, responseUrl.get(), choice, nonce.get());
  }

  private static Optional<String> inner(Map<?, ?> payload, String object, String field) {
    return payload.get(object) instanceof Map<?, ?> inner ? text(inner, field) : Optional.empty();
  }

  private static Optional<String> text(Map<?, ?> object, String field) {
    return object.get(field) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }
}
