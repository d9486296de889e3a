package io.crossfade.notify;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import jakarta.annotation.Priority;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.sns.SnsClient;

/** Publishes to the stack's topic. */
@Adapter
@Priority(1)
public class SnsNotificationChannel implements NotificationChannel {
  private final SnsClient sns;
  private final String topicArn;

  public SnsNotificationChannel(
      SnsClient sns, @ConfigProperty(name = "crossfade.topic-arn") String topicArn) {
    this.sns = sns;
    this.topicArn = topicArn;
  }

  @Override
  public boolean required() {
    return true;
  }

  @Override
  public void send(Notification notification) {
    AwsCalls.run(
        () ->
            sns.publish(
                r ->
                    r.topicArn(topicArn)
                        .subject(notification.subject())
                        .message(notification.body())));
  }
}
