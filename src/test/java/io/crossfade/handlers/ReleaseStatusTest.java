package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.faults.ErrorInjector;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.notify.Outcome;
import io.crossfade.release.Sample;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.ReleaseMessage;
import io.crossfade.slack.ReleaseMessageStore;
import io.crossfade.slack.SlackMessage;
import io.crossfade.status.ReleaseStatus;
import io.crossfade.status.StatusStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The message of a release that has begun, and what carries it: the stores and Slack's API. */
@QuarkusTest
@TestProfile(HandlersProfile.class)
class ReleaseStatusTest extends HandlerTest {
  ReleaseStatusTest() {
    super("release-status");
  }

  @Inject StatusStore statuses;
  @Inject ReleaseMessageStore messages;
  @Inject Messenger messenger;

  private final LocalSlack slack = SlackResource.slack();

  @BeforeEach
  void begin() {
    slack.reset();
    aws.secrets().store(LocalSlack.SECRET_NAME, slack.botSecret());
    PostedMessage posted = messenger.post(SlackMessage.plain("backend: a release begins"));
    messages.create("run-1", ReleaseMessage.begun(posted, Sample.START));
    statuses.put(new ReleaseStatus(at(1).recordEvent("half way", NOW), null, NOW));
  }

  @Override
  ObjectNode ordinary() {
    ObjectNode event = json.createObjectNode().put("source", "aws.s3");
    event.putObject("detail").putObject("object").put("key", "deployments/run-1/status.json");
    return event;
  }

  private Message release() {
    return slack.messages().get(0);
  }

  @Override
  @Test
  void answersWithTheDocumentAndNothingElse() {
    assertThat(call(ordinary()).isMissingNode()).isTrue();
  }

  @Override
  @Test
  void fieldsOfALaterVersionDoNoHarm() {
    call(ordinary().put("later", 1));
    assertThat(release().text()).startsWith("backend: is watched at 50 %\n");
  }

  @Test
  void editsTheMessageAndTellsTheThread() {
    call(ordinary());
    call(ordinary());
    assertThat(release().updates()).hasSize(1);
    assertThat(release().shown()).contains("`█████░░░░░` *50 %* of the traffic on backend-green");
    assertThat(slack.messages())
        .hasSize(2)
        .last()
        .satisfies(
            reply -> {
              assertThat(reply.thread()).isEqualTo(release().ts());
              assertThat(reply.inChannel()).isFalse();
              assertThat(reply.text()).endsWith(" half way");
            });
  }

  @Test
  void theOutcomeIsTheLastEdit() {
    statuses.put(new ReleaseStatus(at(3), Outcome.RELEASED, NOW.plusSeconds(60)));
    call(ordinary());
    statuses.put(new ReleaseStatus(at(3), null, NOW.plusSeconds(120)));
    call(ordinary());
    assertThat(release().text()).startsWith("backend: released\n");
    assertThat(release().updates()).hasSize(1);
  }

  @Test
  void slackThatAsksToWaitIsAnErrorThatLambdaTriesAgain() {
    slack.rateLimit(Duration.ofSeconds(30), 1);
    assertThat(fail(ordinary()).get("errorType").asText())
        .isEqualTo("io.crossfade.release.TransientFailure");
    call(ordinary());
    assertThat(release().text()).startsWith("backend: is watched at 50 %\n");
  }

  @Test
  void whatCannotBeStoredIsShownAgain() {
    intercept(new ErrorInjector("s3:PutObject", 1, "AccessDenied", 403));
    fail(ordinary());
    call(ordinary());
    assertThat(release().text()).startsWith("backend: is watched at 50 %\n");
  }

  @Test
  void aDeploymentWithoutAMessageIsLeftAlone() {
    ObjectNode event = ordinary();
    ((ObjectNode) event.at("/detail/object")).put("key", "deployments/run-2/status.json");
    call(event);
    assertThat(slack.messages()).hasSize(1);
    assertThat(release().updates()).isEmpty();
  }
}
