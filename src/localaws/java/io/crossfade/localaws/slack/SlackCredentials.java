package io.crossfade.localaws.slack;

import io.crossfade.localaws.sdk.Arns;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The ids and secrets of the workspace and the app, in the formats that Slack uses. */
final class SlackCredentials {
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final SecureRandom random = new SecureRandom();
  final String teamId = "T" + random(CAPITALS, 10);
  final String teamDomain = "crossfade-local";
  final String appId = "A" + random(CAPITALS, 10);
  final String botId = "B" + random(CAPITALS, 10);
  final String botUserId = "U" + random(CAPITALS, 10);
  final String channelId = "C" + random(CAPITALS, 10);
  final String channelName = "releases";
  final String signingSecret = secret(32);
  final String verificationToken = random(LETTERS, 24);
  final String webhookId = "B" + random(CAPITALS, 10);
  final String webhookToken = random(LETTERS, 24);
  private final List<String> botTokens = new ArrayList<>(List.of(newBotToken()));
  private boolean revoked;

  synchronized String botToken() {
    return botTokens.get(botTokens.size() - 1);
  }

  synchronized String rotate() {
    botTokens.add(newBotToken());
    revoked = false;
    return botToken();
  }

  /** Whatever must not be seen by anybody, tokens that are no longer good among it. */
  synchronized List<String> secrets() {
    List<String> secrets = new ArrayList<>(botTokens);
    secrets.addAll(List.of(signingSecret, webhookToken, verificationToken));
    return secrets;
  }

  synchronized void revoke() {
    revoked = true;
  }

  synchronized boolean revoked() {
    return revoked;
  }

  /** The token that is current is good again. */
  synchronized void restore() {
    revoked = false;
  }

  /**
   * @param token as it was sent; empty if none was
   * @throws SlackError unless it is the bot's
   */
  synchronized void require(String token) {
    if (token.isEmpty()) {
      throw new SlackError("not_authed");
    }
    if (!token.equals(botToken())) {
      throw new SlackError("invalid_auth");
    }
    if (revoked) {
      throw new SlackError("token_revoked");
    }
  }

  String webhookPath() {
    return "/services/" + teamId + "/" + webhookId + "/" + webhookToken;
  }

  String token(int length) {
    return random(LETTERS, length);
  }

  private String newBotToken() {
    return "xoxb-" + Arns.decimal(13) + "-" + Arns.decimal(13) + "-" + random(LETTERS, 24);
  }

  private String secret(int digits) {
    return random("0123456789abcdef", digits);
  }

  private String random(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
