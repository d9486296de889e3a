package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.gate.Alarm;
import io.crossfade.localaws.slack.BlockKit;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.release.Sample;
import io.crossfade.slack.SlackMessage;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApprovalMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theQuestionHasEverythingThatADecisionNeeds() {
    String shown = JSON.valueToTree(question(Sample.at(3), evidence(1)).blocks()).toString();
    assertThat(shown)
        .contains("backend: Take the old version away?")
        .contains("*Image*\\n`" + Sample.IMAGE + "`")
        .contains("*Commit*\\n`abc1234`")
        .contains("*Author*\\nan@example.com")
        .contains("backend-green 100 %\\nbackend-blue 0 %")
        .contains("2 of 2 targets healthy")
        .contains("backend-green: 12,345 requests, 0 errors (0.00 %)")
        .contains("backend-blue: 8,421 requests, 2 errors (0.02 %)")
        .contains(
            "*Comparison*\\nthe new version is no worse than the old one:"
                + " it failed 2 of 8,000, where the old one would have failed 1.5")
        .contains(":white_check_mark: alarm-0 is OK")
        .contains("in 60 min. No answer is a rejection.")
        .contains("\"action_id\":\"crossfade_approve\"")
        .contains("\"action_id\":\"crossfade_reject\"")
        .contains("\"confirm\":{")
        .contains("\"value\":\"" + PendingApproval.nonce(CallbackBench.TOKEN) + "\"")
        .doesNotContain(CallbackBench.TOKEN);
  }

  @Test
  void aMissingCommitAndAuthorAreLeftOut() {
    Release plain = release(null, null);
    assertThat(question(Sample.at(3, plain), evidence(0)).blocks().toString())
        .doesNotContain("Commit", "Author", "null")
        .contains("none is watched");
  }

  @Test
  void namesCannotMentionAChannelOrBecomeALink() {
    Release loud = release("<!channel>", "<https://evil.example|Ada> & <@U1>");
    assertThat(question(Sample.at(3, loud), evidence(1)).blocks().toString())
        .contains("&lt;!channel&gt;")
        .contains("&lt;https://evil.example|Ada&gt; &amp; &lt;@U1&gt;")
        .doesNotContain("<!channel>", "<https://");
  }

  @Test
  void blockKitTakesItHoweverLongTheNamesAre() {
    Release wide = release("<".repeat(100), "&".repeat(200));
    for (SlackMessage message :
        List.of(
            question(Sample.at(3, wide), evidence(400)),
            ApprovalMessages.decided(
                pending(Sample.at(3, wide), evidence(400))
                    .withDecision(
                        new ApprovalDecision(
                            ApprovalChoice.REJECTED,
                            "U1",
                            "ada",
                            null,
                            null,
                            CallbackBench.NOW,
                            true))),
            ApprovalMessages.closed(Sample.at(3, wide), evidence(400), "x".repeat(9000)))) {
      assertThat(BlockKit.problems(JSON.valueToTree(message.blocks()))).isEmpty();
    }
  }

  @Test
  void alarmsThatDoNotFitAreCounted() {
    assertThat(question(Sample.at(3), evidence(400)).blocks().toString())
        .containsPattern("and \\d+ more");
  }

  private static SlackMessage question(Deployment deployment, Evidence evidence) {
    return ApprovalMessages.question(pending(deployment, evidence), CallbackBench.NOW);
  }

  private static PendingApproval pending(Deployment deployment, Evidence evidence) {
    return PendingApproval.of(
        CallbackBench.TOKEN, deployment, evidence, CallbackBench.NOW.plusSeconds(3600));
  }

  private static Evidence evidence(int alarms) {
    Evidence sample = CallbackBench.evidence();
    List<Alarm> many =
        IntStream.range(0, alarms)
            .mapToObj(i -> new Alarm("alarm-" + i, Alarm.State.OK, null, ""))
            .toList();
    return new Evidence(
        sample.weights(),
        sample.healthy(),
        sample.needed(),
        many,
        sample.totals(),
        sample.since(),
        sample.comparison());
  }

  private static Release release(String commit, String author) {
    Release sample = Sample.release(Collections.emptyList());
    return new Release(
        sample.imageUri(),
        sample.baseServiceName(),
        sample.ruleArn(),
        sample.testRuleArn(),
        sample.cluster(),
        sample.container(),
        sample.steps(),
        sample.alarms(),
        sample.approval(),
        sample.health(),
        0,
        sample.checks(),
        commit,
        author,
        sample.createdAt(),
        null,
        false,
        null,
        null);
  }
}
