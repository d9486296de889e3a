package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;

/**
 * A message in the channel as it is now, and as it was.
 *
 * @param ts its id and time, such as 1700000000.123456
 * @param source who posted it
 * @param thread the ts of the message that it replies to; null if it stands in the channel alone
 * @param broadcast whether a reply is shown in the channel, too
 * @param updates the versions before this one, oldest first; empty if it was never changed
 * @param deleted whether it can no longer be seen
 */
public record Message(
    String channel,
    String ts,
    Source source,
    String thread,
    boolean broadcast,
    String text,
    ArrayNode blocks,
    List<Version> updates,
    boolean deleted) {
  public Message {
    updates = List.copyOf(updates);
  }

  /** Who posted a message. */
  public enum Source {
    /** The bot, by the Web API: it can be updated by the Web API. */
    BOT,
    /** The incoming webhook: it can be updated by an interaction's response_url only. */
    WEBHOOK
  }

  /**
   * What a message said until it was changed.
   *
   * @param replacedAt by the clock of the workspace
   */
  public record Version(String text, ArrayNode blocks, Instant replacedAt) {}

  /** Whether somebody who looks at the channel, and not into a thread, sees it. */
  public boolean inChannel() {
    return !deleted && (thread == null || broadcast);
  }

  /** The action ids of the buttons that it has now, in order. */
  public List<String> actions() {
    return blocks.findValuesAsText("action_id");
  }

  /** The text of all blocks, one text a line: what a person reads. */
  public String shown() {
    return String.join("\n", BlockText.of(blocks));
  }
}
