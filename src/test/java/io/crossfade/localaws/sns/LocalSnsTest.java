package io.crossfade.localaws.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.crossfade.localaws.ScaledClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;

class LocalSnsTest {
  private final ScaledClock clock = new ScaledClock(1);
  private final LocalSns sns = new LocalSns(clock);
  private final String topic = sns.createTopic("releases");

  @AfterEach
  void close() {
    clock.close();
  }

  @Test
  void topicHasItsNameInItsArn() {
    assertThat(topic).isEqualTo("arn:aws:sns:eu-central-1:123456789012:releases");
    assertThat(sns.createTopic("releases")).isEqualTo(topic);
  }

  @Test
  void publishedMessagesAreKeptInOrder() {
    sns.publish(r -> r.topicArn(topic).subject("Started").message("one"));
    sns.publish(r -> r.topicArn(topic).message("two"));

    assertThat(sns.published())
        .extracting(PublishedMessage::subject, PublishedMessage::message)
        .containsExactly(tuple("Started", "one"), tuple(null, "two"));
  }

  @Test
  void unknownTopicIsNotFound() {
    assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic + "2").message("m")))
        .isInstanceOfSatisfying(
            NotFoundException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotFound"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " starts blank", "two\nlines", "25 → 50"})
  void subjectThatSnsRefusesIsRefused(String subject) {
    assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic).subject(subject).message("m")))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(sns.published()).isEmpty();
  }

  @Test
  void subjectHasAtMostAHundredCharacters() {
    sns.publish(r -> r.topicArn(topic).subject("s".repeat(100)).message("m"));

    assertThatThrownBy(
            () -> sns.publish(r -> r.topicArn(topic).subject("s".repeat(101)).message("m")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void messageHasAtMost256KilobytesInUtf8() {
    sns.publish(r -> r.topicArn(topic).message("ü".repeat(128 * 1024)));

    assertThatThrownBy(
            () -> sns.publish(r -> r.topicArn(topic).message("ü".repeat(128 * 1024) + "x")))
        .isInstanceOf(InvalidParameterException.class);
  }
}
