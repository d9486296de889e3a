package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.sdk.Await;
import io.crossfade.site.BookingSite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Releases in an account that has more alarms than CloudWatch lets anybody read all the time. */
class QuotaStory {
  private static final int ALARMS = 2000;
  private static final int PAGES = 21;

  /** One for the plan, and one for each of the four steps. */
  private static final int SWEEPS = 5;

  /** Looks at baking steps and while draining, the question, and what is tried again. */
  private static final int OTHERS = 75;

  @Test
  void threeReleasesAtOnceKeepWithinCloudWatchsQuotas() throws Exception {
    try (StoryStack world = new StoryStack()) {
      for (int i = 0; i < ALARMS; i++) {
        alarm(world, "other-" + i);
      }
      BookingSite.Application shop = world.site.add("shop");
      Await.until(
          "the third application is there", () -> world.aws.elb().healthy(shop.blueGroupArn()) > 1);
      List<BookingSite.Application> applications =
          List.of(world.site.backend(), world.site.frontend(), shop);
      world.atShare(25, () -> flicker(world));

      List<String> executions = new ArrayList<>();
      for (BookingSite.Application application : applications) {
        String named = ", \"alarms\": [\"other-0\", \"other-1\", \"other-2\", \"other-3\"]";
        executions.add(
            world.stack.start("of-" + application.name(), world.release(application, named)));
      }

      for (String execution : executions) {
        DescribeExecutionResponse ended = world.stack.await(execution);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      }
      long throttled = world.aws.cloudWatchQuotas().throttled();
      assertThat(world.calls().get("monitoring:DescribeAlarms") - throttled)
          .as("questions for alarms that CloudWatch answered")
          .isLessThan(applications.size() * (SWEEPS * PAGES + OTHERS));
    }
  }

  /** The alarms that all three name change their state, and may have fired for all one can see. */
  private static void flicker(StoryStack world) {
    for (int i = 0; i < 4; i++) {
      String name = "other-" + i;
      world
          .aws
          .cloudWatch()
          .setAlarmState(
              r ->
                  r.alarmName(name)
                      .stateValue(StateValue.INSUFFICIENT_DATA)
                      .stateReason("a flicker"));
    }
  }

  private static void alarm(StoryStack world, String name) {
    world
        .aws
        .cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .namespace("Other")
                    .metricName(name)
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("notBreaching"));
  }
}
