package io.crossfade.notify;

import io.crossfade.aws.AwsCalls;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.sns.SnsClient;

/** Publishes to the stack's topic. */
@ApplicationScoped
public class SnsNotificationChannel implements NotificationChannel {
  private final SnsClient sns;
  private final String topicArn;

  public SnsNotificationChannel(
      SnsClient sns, @ConfigProperty(name = "crossfade.topic-arn") String topicArn) {
    this.sns = sns;
    this.topicArn = topicArn;
  }

  @Override
  public void tell(Notification notice) {
    AwsCalls.run(
        () ->
            sns.publish(
                r -> r.topicArn(topicArn).subject(notice.subject()).message(notice.body())));
  }
}
