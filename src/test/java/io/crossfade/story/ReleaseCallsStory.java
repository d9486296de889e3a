package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.Identities;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** No function makes a call that the table does not argue for, nor makes one more often. */
class ReleaseCallsStory {
  @Test
  void aReleaseMakesTheCallsOfTheTable() throws Exception {
    Recorded recorded = new Recorded(Identities.of(StoryFunctions.WORKER.template));
    try (StoryStack world = new StoryStack()) {
      // A conflict is written again, which is one call more.
      world.aws.s3().conflictEvery(Integer.MAX_VALUE);
      world.stack.states().addListener(recorded);
      StoryFunctions.WORKER.gateway.intercept(recorded);

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    } finally {
      StoryFunctions.WORKER.gateway.removeInterceptor(recorded);
    }
    Map<String, Integer> argued = new TreeMap<>();
    ReleaseCalls.ROWS.forEach(row -> argued.put(row.handler() + " " + row.operation(), row.each()));
    Map<String, Integer> most = recorded.most();
    // That it was passed on is left out by a function for which Slack would no longer wait.
    most.computeIfPresent(
        "slack-callback s3:PutObject", (call, times) -> times == 1 ? argued.get(call) : times);
    assertThat(most).isEqualTo(argued);
  }

  /** The most calls between two states, of each function and operation. */
  private static final class Recorded implements CallInterceptor, ExecutionListener {
    private final Identities identities;
    private final Map<String, Integer> sinceState = new HashMap<>();
    private final Map<String, Integer> most = new TreeMap<>();

    Recorded(Identities identities) {
      this.identities = identities;
    }

    @Override
    public synchronized void before(Call call) {
      identities
          .function(call.accessKeyId())
          .map(function -> function.environment().get("QUARKUS_LAMBDA_HANDLER"))
          .ifPresent(handler -> sinceState.merge(handler + " " + call.name(), 1, Integer::sum));
    }

    @Override
    public synchronized void stateEntered(
        String execution, String state, JsonNode input, Instant at) {
      // A click is not over when its answer has arrived.
      sinceState.forEach((call, times) -> most.merge(call, times, Math::max));
      sinceState.keySet().removeIf(call -> !call.startsWith("slack-callback"));
    }

    /**
     * The secret of Slack is read once by a process, so it does not count; nor does the function
     * that shows the release in Slack, for which nothing waits.
     */
    synchronized Map<String, Integer> most() {
      sinceState.forEach((call, times) -> most.merge(call, times, Math::max));
      most.keySet()
          .removeIf(call -> call.contains("secretsmanager:") || call.startsWith("release-status"));
      return most;
    }
  }
}
