package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.sdk.Await;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The functions of the way back run before anybody needs them. */
class ScheduleStory {
  private static final FunctionHost HOST = StoryFunctions.WORKER.host;

  @Test
  void theWayBackIsKeptRunningAndDoesNothingUntilItIsNeeded() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String rollback = "crossfade-RollbackFunction";
      HOST.kill(rollback);
      long before = HOST.stats(rollback).invocations();
      long changes = world.changes();

      world.stack.runSchedules();

      Await.until("it was called", () -> HOST.stats(rollback).invocations() > before);
      assertThat(world.changes()).isEqualTo(changes);

      DescribeExecutionResponse ended = world.run(world.release());
      assertThat(ended.output()).as(ended.cause()).contains("backend-green is live");
    }
  }
}
