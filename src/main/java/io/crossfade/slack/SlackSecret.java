package io.crossfade.slack;

import static java.util.Objects.requireNonNull;

/**
 * What Slack and this application know of each other.
 *
 * @param botToken of a bot with {@code chat:write}; null in the minimal mode
 * @param webhookUrl an incoming webhook, used where there is no bot token
 */
public record SlackSecret(String signingSecret, String botToken, String webhookUrl) {
  public SlackSecret {
    requireNonNull(signingSecret);
    if (botToken == null && webhookUrl == null) {
      throw new IllegalArgumentException("neither a bot token nor a webhook");
    }
  }

  /** Never the secrets themselves: records end up in logs. */
  @Override
  public String toString() {
    return "SlackSecret[%s]".formatted(botToken == null ? "webhook" : "bot token");
  }
}
