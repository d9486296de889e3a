package io.crossfade.localaws.slack;

import java.util.List;

/** A request that Slack refuses. */
final class SlackError extends RuntimeException {
  private final transient List<String> details;

  SlackError(String error) {
    this(error, List.of());
  }

  SlackError(String error, List<String> details) {
    super(error);
    this.details = List.copyOf(details);
  }

  String error() {
    return getMessage();
  }

  /** What stands in {@code response_metadata.messages}. */
  List<String> details() {
    return details;
  }
}
