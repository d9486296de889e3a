package io.crossfade.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.PermanentFailure;
import java.time.Duration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The secret from AWS Secrets Manager. */
@Adapter
public class SecretsManagerSlackSecrets implements SlackSecrets {
  static final Duration RENEWED_AT_MOST_EVERY = Duration.ofMinutes(1);

  private final SecretsManagerClient secrets;
  private final ObjectMapper json;
  private final SlackConfig config;
  private SlackSecret kept;
  private Long renewedAt;

  public SecretsManagerSlackSecrets(
      SecretsManagerClient secrets, ObjectMapper json, SlackConfig config) {
    this.secrets = secrets;
    this.json = json;
    this.config = config;
  }

  @Override
  public synchronized SlackSecret current() {
    return kept == null ? read() : kept;
  }

  @Override
  public synchronized SlackSecret renewed() {
    long now = System.nanoTime();
    if (renewedAt != null && now - renewedAt < RENEWED_AT_MOST_EVERY.toNanos()) {
      return kept;
    }
    SlackSecret fresh = read();
    renewedAt = now;
    return fresh;
  }

  private SlackSecret read() {
    String arn = SlackConfig.needed(config.secretArn(), "SlackSecretArn");
    kept = parsed(AwsCalls.call(() -> secrets.getSecretValue(r -> r.secretId(arn))).secretString());
    return kept;
  }

  /** The parser's message would quote the secret, so it is not passed on. */
  private SlackSecret parsed(String text) {
    try {
      JsonNode node = json.readTree(text == null ? "" : text);
      SlackSecret secret =
          new SlackSecret(
              node.path("signingSecret").textValue(),
              node.path("botToken").textValue(),
              node.path("webhookUrl").textValue());
      if (secret.botToken() == null && !secret.webhookUrl().startsWith(config.hooksUrl())) {
        throw new PermanentFailure(
            "the webhookUrl of the Slack secret does not begin with " + config.hooksUrl());
      }
      return secret;
    } catch (JsonProcessingException | NullPointerException | IllegalArgumentException unusable) {
      throw new PermanentFailure(
          "the Slack secret must be a JSON object with signingSecret, and botToken or webhookUrl");
    }
  }
}
