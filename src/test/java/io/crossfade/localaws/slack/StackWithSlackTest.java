package io.crossfade.localaws.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.http.HttpApi;
import io.crossfade.localaws.lambda.FakeArtifact;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.localaws.template.Template;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A template with an HTTP API and Slack's parameters, installed in one account after another. */
class StackWithSlackTest {
  private static final String TEMPLATE =
      """
      Parameters:
        SlackSecretArn: {Type: String}
        SlackChannel: {Type: String}
        SlackTeamId: {Type: String}
        SlackAppId: {Type: String}
        SlackApprovers: {Type: String}
      Resources:
        Api: {Type: "AWS::Serverless::HttpApi"}
        Machine:
          Type: AWS::Serverless::StateMachine
          Properties: {Definition: {StartAt: A, States: {A: {Type: Succeed}}}}
        Answer:
          Type: AWS::Serverless::Function
          Properties:
            Environment: {Variables: {SECRET: !Ref SlackSecretArn}}
            MemorySize: 128
            Timeout: 30
            Events:
              Clicked: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: POST, Path: /slack}}
      """;

  @TempDir Path work;

  @Test
  void warmFunctionsAndTheWorkspaceServeOneAccountAfterAnother() throws Exception {
    Path file = Files.writeString(work.resolve("template.yaml"), TEMPLATE);
    try (SlackBench bench = new SlackBench()) {
      ResolvedTemplate template =
          Template.load(file).resolve(bench.slack.parameters(LocalSlack.ANN, LocalSlack.BEN));
      assertThat(template.ref("SlackApprovers")).isEqualTo("U0LOCALANN1,U0LOCALBEN1");
      try (FunctionHost host =
          Stack.host(
              template,
              FakeArtifact.write(work),
              work.resolve("run"),
              URI.create("http://127.0.0.1:1"),
              bench.slack.environment())) {
        URI first = click(bench, host, template, bench.slack.botSecret());
        URI second = click(bench, host, template, bench.slack.webhookSecret());
        assertThat(second).isNotEqualTo(first);
        assertThat(host.stats("crossfade-Answer").coldStarts()).isEqualTo(1);
        assertThat(host.invoke("crossfade-Answer", SlackJson.MAPPER.valueToTree("env")).asText())
            .contains("QUARKUS_REST_CLIENT_SLACK_URL", "CROSSFADE_SLACK_HOOKS_URL", "SECRET");
      }
    }
  }

  private static URI click(
      SlackBench bench, FunctionHost host, ResolvedTemplate template, String secret) {
    try (Account account = new Account();
        Stack stack = new Stack(account.aws(), host, template)) {
      stack.install(bench.slack, secret);
      String arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:crossfade/slack-LoCaL1";
      assertThat(template.ref("SlackSecretArn")).isEqualTo(arn);
      assertThat(account.aws().secrets().getSecretValue(r -> r.secretId(arn)).secretString())
          .isEqualTo(secret)
          .startsWith("{\"signingSecret\":\"");
      assertThat(bench.slack.click(bench.ask(), "approve", LocalSlack.ANN).ok()).isTrue();
      HttpApi api = stack.httpApis().get(0);
      return api.url(api.resource().routes().get(0));
    }
  }
}
