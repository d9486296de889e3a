package io.crossfade.slack;

import io.crossfade.release.PermanentFailure;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The Slack workspace this stack was deployed for. Functions that do not use it have none. */
@ConfigMapping(prefix = "crossfade.slack")
public interface SlackConfig {
  /** ARN of the secret: {@code {"signingSecret", "botToken" or "webhookUrl"}}. */
  Optional<String> secretArn();

  /** Where to ask, an id like C0123456789. */
  Optional<String> channel();

  Optional<String> teamId();

  Optional<String> appId();

  /** Who may decide: {@code U0123ABCD} or {@code U0123ABCD=ada@example.com}, with commas. */
  Optional<String> approvers();

  /** The addresses of authors who may not decide, with commas. */
  Optional<String> otherAuthors();

  /** False: whoever a release names as its author may not approve it. */
  @WithDefault("true")
  boolean authorMayApprove();

  /** What webhooks and answers to clicks must begin with; nothing is sent anywhere else. */
  @WithDefault("https://hooks.slack.com/")
  String hooksUrl();

  /** A setting that must be there, or a clear word about which one is not. */
  static String needed(Optional<String> setting, String name) {
    return setting.orElseThrow(
        () -> new PermanentFailure("this stack was deployed without " + name));
  }
}
