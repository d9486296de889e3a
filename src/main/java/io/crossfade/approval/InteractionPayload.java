package io.crossfade.approval;

import io.crossfade.command.Command;
import io.crossfade.command.CommandButtons;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a signed payload of Slack turned out to be (Slack, block_actions payload). */
sealed interface InteractionPayload
    permits Click, CommandClick, InteractionPayload.Other, InteractionPayload.Malformed {
  /** Something that Slack sends and this application has no use for. */
  record Other() implements InteractionPayload {}

  /** A field which Slack always sends is missing or of the wrong kind. */
  record Malformed() implements InteractionPayload {}

  static InteractionPayload read(Map<?, ?> payload) {
    if (!(payload.get("type") instanceof String type)) {
      return new Malformed();
    }
    if (!type.equals("block_actions")) {
      return new Other();
    }
    if (!(payload.get("actions") instanceof List<?> actions)
        || actions.size() != 1
        || !(actions.get(0) instanceof Map<?, ?> action)) {
      return new Malformed();
    }
    Optional<String> button = text(action, "action_id");
    Optional<ApprovalChoice> choice = button.flatMap(ApprovalChoice::of);
    Optional<Command> command = button.flatMap(CommandButtons::command);
    if (choice.isEmpty() && command.isEmpty()) {
      return new Other();
    }
    Optional<Clicker> by = clicker(payload);
    Optional<String> value = text(action, "value");
    Optional<String> at = text(action, "action_ts");
    if (List.of(by, value, at).contains(Optional.empty())) {
      return new Malformed();
    }
    return choice
        .map(answer -> Click.of(by.get(), answer, value.get()))
        .orElseGet(() -> CommandClick.of(by.get(), command.get(), value.get(), at.get()))
        .orElseGet(Malformed::new);
  }

  private static Optional<Clicker> clicker(Map<?, ?> payload) {
    Optional<String> team = inner(payload, "team", "id");
    Optional<String> app = text(payload, "api_app_id");
    Optional<String> user = inner(payload, "user", "id");
    Optional<String> responseUrl = text(payload, "response_url");
    if (List.of(team, app, user, responseUrl).contains(Optional.<String>empty())) {
      return Optional.empty();
    }
    String name =
        inner(payload, "user", "username").or(() -> inner(payload, "user", "name")).orElse(null);
    return Optional.of(new Clicker(team.get(), app.get(), user.get(), name, responseUrl.get()));
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
