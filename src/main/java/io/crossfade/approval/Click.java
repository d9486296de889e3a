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
    String nonce) {
  private static final String NONCE = "[A-Za-z0-9_-]{43}";

  /** What a signed payload turned out to be. */
  enum Kind {
    /** CLICK means one of our buttons. */
    CLICK,
    /** OTHER means something that Slack sends and this application has no use for. */
    OTHER,
    /** MALFORMED means that a field which Slack always sends is missing or of the wrong kind. */
    MALFORMED
  }

  record Read(Kind kind, Click click) {
    private static final Read OTHER = new Read(Kind.OTHER, null);
    private static final Read MALFORMED = new Read(Kind.MALFORMED, null);
  }

  static Read from(Map<?, ?> payload) {
    if (!(payload.get("type") instanceof String type)) {
      return Read.MALFORMED;
    }
    if (!type.equals("block_actions")) {
      return Read.OTHER;
    }
    if (!(payload.get("actions") instanceof List<?> actions)
        || actions.size() != 1
        || !(actions.get(0) instanceof Map<?, ?> action)) {
      return Read.MALFORMED;
    }
    Optional<ApprovalChoice> choice = text(action, "action_id").flatMap(ApprovalChoice::of);
    return choice.isEmpty() ? Read.OTHER : read(payload, choice.get(), action);
  }

  private static Read read(Map<?, ?> payload, ApprovalChoice choice, Map<?, ?> action) {
    Optional<String> team = inner(payload, "team", "id");
    Optional<String> app = text(payload, "api_app_id");
    Optional<String> user = inner(payload, "user", "id");
    Optional<String> responseUrl = text(payload, "response_url");
    Optional<String> nonce = text(action, "value").filter(value -> value.matches(NONCE));
    if (List.of(team, app, user, responseUrl, nonce).contains(Optional.<String>empty())) {
      return Read.MALFORMED;
    }
    String name =
        inner(payload, "user", "username").or(() -> inner(payload, "user", "name")).orElse(null);
    return new Read(
        Kind.CLICK,
        new Click(team.get(), app.get(), user.get(), name, responseUrl.get(), choice, nonce.get()));
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
