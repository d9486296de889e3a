package io.crossfade.notify;

import io.crossfade.aws.Calls;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.sns.SnsClient;

/** Publishes to the stack's topic. */
@ApplicationScoped
public class SnsNotifier implements Notifier {
  private final SnsClient sns;
  private final String topicArn;

  public SnsNotifier(SnsClient sns, @ConfigProperty(name = "crossfade.topic-arn") String topicArn) {
    this.sns = sns;
    this.topicArn = topicArn;
  }

  @Override
  public void tell(Notice notice) {
    Calls.run(
        () ->
            sns.publish(
                r -> r.topicArn(topicArn).subject(notice.subject()).message(notice.body())));
  }
}
