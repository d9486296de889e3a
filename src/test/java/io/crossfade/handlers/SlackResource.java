package io.crossfade.handlers;

import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.story.RunRecord;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Opens a Slack workspace before the function under test starts. */
public final class SlackResource implements QuarkusTestResourceLifecycleManager {
  private static final LocalSlack SLACK = new LocalSlack();

  static LocalSlack slack() {
    return SLACK;
  }

  @Override
  public Map<String, String> start() {
    RunRecord.addSecrets(SLACK.secrets());
    Map<String, String> config = new HashMap<>();
    SLACK.environment().forEach((name, value) -> config.put(property(name), value));
    Map<String, String> parameters = SLACK.parameters(LocalSlack.ANN);
    config.put("crossfade.slack.secret-arn", parameters.get("SlackSecretArn"));
    config.put("crossfade.slack.channel", parameters.get("SlackChannel"));
    config.put("crossfade.slack.team-id", parameters.get("SlackTeamId"));
    config.put("crossfade.slack.app-id", parameters.get("SlackAppId"));
    config.put("crossfade.slack.approvers", parameters.get("SlackApprovers"));
    return config;
  }

  private static String property(String environment) {
    return switch (environment) {
      case "QUARKUS_REST_CLIENT_SLACK_URL" -> "quarkus.rest-client.slack.url";
      case "CROSSFADE_SLACK_HOOKS_URL" -> "crossfade.slack.hooks-url";
      default -> throw new IllegalArgumentException(environment);
    };
  }

  @Override
  public void stop() {}
}
