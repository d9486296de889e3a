package io.crossfade.slack;

/**
 * Where a message stands, so that it can be changed later.
 *
 * @param ts Slack's name for the message; both are null for an incoming webhook, which does not say
 */
public record PostedMessage(String channel, String ts) {
  public static final PostedMessage UNKNOWN = new PostedMessage(null, null);

  public boolean changeable() {
    return ts != null;
  }
}
