package io.crossfade.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.sns.PublishedMessage;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sns.SnsClient;

class SnsNotificationChannelTest {
  private final Account account = new Account();
  private final String topic = account.aws().sns().createTopic("crossfade");
  private final NotificationChannel notifier = notifier(topic);

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void publishesSubjectAndBodyToTheTopic() {
    notifier.send(notification("Crossfade: backend released", "25 % → 100 %\n<all> & \"more\""));

    PublishedMessage message = published().get(0);
    assertThat(message.topicArn()).isEqualTo(topic);
    assertThat(message.subject()).isEqualTo("Crossfade: backend released");
    assertThat(message.message()).isEqualTo("25 % → 100 %\n<all> & \"more\"");
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void everyOutcomesNoticeIsAccepted(Outcome outcome) {
    notifier.send(NotificationMessages.of(outcome, Sample.at(1), Optional.empty()));
    assertThat(published()).hasSize(1);
  }

  @Test
  void aTopicThatIsNotThereIsPermanent() {
    assertThatThrownBy(() -> notifier(topic + "-gone").send(notification("subject", "body")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("NotFound");
  }

  @Test
  void oneThrottledCallIsTriedAgainAndPublishesOnce() {
    account.refuse("sns:Publish", 1, "Throttling");
    notifier.send(notification("subject", "body"));
    assertThat(published()).hasSize(1);
    assertThat(account.calls("sns:Publish")).isEqualTo(2);
  }

  @Test
  void throttlingThatDoesNotEndMayPass() {
    account.refuse("sns:Publish", 100, "Throttling");
    assertThatThrownBy(() -> notifier.send(notification("subject", "body")))
        .isInstanceOf(TransientFailure.class);
    assertThat(published()).isEmpty();
  }

  private static Notification notification(String subject, String body) {
    return new Notification(subject, body, Sample.at(1), null);
  }

  private NotificationChannel notifier(String arn) {
    return new SnsNotificationChannel(account.client(SnsClient.builder()), arn);
  }

  private List<PublishedMessage> published() {
    return account.aws().sns().published();
  }
}
