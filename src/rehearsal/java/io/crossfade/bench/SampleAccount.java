package io.crossfade.bench;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.StackInterceptor;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.matrix.Worker;
import io.crossfade.site.BookingSite;
import io.crossfade.site.OrderBook;
import io.crossfade.site.SampleImages;
import io.crossfade.site.SiteVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A fresh account with the sample site, for functions that stay from account to account. */
final class SampleAccount implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String IMAGE = "registry.example/%s@sha256:" + "2".repeat(64);

  /** Four steps of 30 seconds, where a run is about what comes between them. */
  static final String SHORT_STEPS =
      """
      , "steps": [{"weight": 25, "bakeSeconds": 30}, {"weight": 50, "bakeSeconds": 30},
                  {"weight": 75, "bakeSeconds": 30}, {"weight": 100, "bakeSeconds": 30}]""";

  final LocalAws aws;
  final SampleImages images;
  final BookingSite site;
  final Stack stack;
  private final LocalSlack slack;

  /**
   * @param speed world seconds per real second
   * @param applications how many more of them there are, each with a rule of its own
   * @param newVersion what is released
   */
  SampleAccount(
      Worker worker,
      double speed,
      int applications,
      SiteVersion newVersion,
      StackInterceptor interceptor) {
    this.slack = worker.slack;
    this.aws = new LocalAws(worker.gateway, speed);
    this.images = new SampleImages(worker.vertx, new OrderBook());
    images.pushFrontend(BookingSite.FRONTEND_IMAGE, SiteVersion.good("frontend-1"));
    images.pushBackend(BookingSite.BACKEND_IMAGE, SiteVersion.good("backend-1"));
    aws.images()
        .fallback(uri -> images.image(uri).or(() -> Optional.of(images.backend(newVersion))));
    this.site = new BookingSite(aws, BookingSite.Names.SAMPLE, applications);
    this.stack = new Stack(aws, worker.host, worker.template, interceptor);
    stack.patience(PATIENCE);
    stack.install(slack, slack.botSecret());
    // A write that is tried again would be one more call, in some runs and not in others.
    aws.s3().conflictEvery(Integer.MAX_VALUE);
    site.awaitHealthy();
  }

  /** From now on every question is answered as soon as it is there. */
  void answer(ApprovalChoice choice, Runnable beforeClick) {
    slack.onMessage(message -> answer(message, choice, beforeClick));
  }

  private void answer(Message message, ApprovalChoice choice, Runnable beforeClick) {
    if (message.actions().contains(choice.actionId())) {
      CompletableFuture.runAsync(
          () -> {
            beforeClick.run();
            slack.click(message, choice.actionId(), LocalSlack.ANN);
          });
    }
  }

  /**
   * The content of imageDetail.json.
   *
   * @param more fields to be appended
   */
  static String release(BookingSite.Application application, String more) {
    return """
        {"imageUri": "%s", "BASE_SERVICE_NAME": "%s", "rule_arn": "%s"%s}"""
        .formatted(
            IMAGE.formatted(application.name()), application.name(), application.ruleArn(), more);
  }

  @Override
  public void close() {
    stack.close();
    aws.close();
    images.close();
  }
}
