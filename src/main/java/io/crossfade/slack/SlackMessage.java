package io.crossfade.slack;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * A message as Slack's Block Kit has it.
 *
 * @param text what a notification shows, and a reader that cannot show blocks
 * @param blocks empty for a plain message
 */
public record SlackMessage(String text, List<Map<String, Object>> blocks) {
  public SlackMessage {
    requireNonNull(text);
    blocks = List.copyOf(blocks);
  }

  public static SlackMessage plain(String text) {
    return new SlackMessage(text, List.of());
  }
}
