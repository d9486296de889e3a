package io.crossfade.approval;

import io.crossfade.slack.SlackConfig;
import java.util.Optional;

/** A stack's Slack settings. */
public record TestConfig(
    Optional<String> secretArn,
    Optional<String> channel,
    Optional<String> teamId,
    Optional<String> appId,
    Optional<String> approvers,
    Optional<String> otherAuthors,
    boolean authorMayApprove,
    String hooksUrl)
    implements SlackConfig {
  static TestConfig approvedBy(String approvers) {
    return of(approvers, true);
  }

  public static TestConfig of(String approvers, boolean authorMayApprove) {
    return new TestConfig(
        Optional.of("arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-LoCaL1"),
        Optional.of("C1"),
        Optional.of("T1"),
        Optional.of("A1"),
        Optional.ofNullable(approvers),
        Optional.empty(),
        authorMayApprove,
        "https://hooks.slack.com/");
  }
}
