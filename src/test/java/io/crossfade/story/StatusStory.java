package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.crossfade.localaws.slack.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StateEnteredEventDetails;

/** The one message of a release while it runs, on the packaged functions. */
class StatusStory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> RELEASED =
      List.of(
          "backend: a release begins",
          "backend: the new version starts",
          "backend: is watched at 25 %",
          "backend: is watched at 50 %",
          "backend: is watched at 75 %",
          "backend: is watched at 100 %",
          "backend: waits for approval",
          "backend: the old version gets its last requests",
          "backend: released");

  private static final List<String> STATES =
      List.of(
          "Start",
          "Plan",
          "DecidePlan",
          "RegisterTaskDefinition",
          "ResolveTargetGroup",
          "DecideTargetGroup",
          "ScaleOut",
          "WaitForHealth",
          "CheckHealth",
          "DecideHealth",
          "ShiftTraffic",
          "DecideShift",
          "Bake",
          "CheckAlarms",
          "DecideAlarms",
          "RequestApproval",
          "Drain",
          "CheckDrain",
          "DecideDrain",
          "ScaleIn",
          "NotifyReleased",
          "Released");

  @Test
  void oneMessageTellsTheReleaseInOrderThoughEventsComeTwice() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.stack.events().deliverTwice(true);

      DescribeExecutionResponse ended = world.run(world.release());
      world.stack.events().drain();

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      Message release = StoryStack.releaseMessage();
      assertThat(told(release))
          .startsWith(RELEASED.get(0))
          .endsWith(RELEASED.get(RELEASED.size() - 1))
          .hasSizeGreaterThan(4);
      assertThat(RELEASED).containsSubsequence(told(release));
      assertThat(release.shown())
          .contains("`██████████` *100 %* of the traffic on backend-green, 0 % on backend-blue")
          .contains("4 of 4 (25 %, 50 %, 75 %, 100 %)");
      List<Message> thread = StoryStack.thread(release);
      assertThat(thread)
          .filteredOn(Message::inChannel)
          .singleElement()
          .satisfies(reply -> assertThat(reply.text()).contains("Crossfade: backend released"));
      assertThat(lines(thread)).doesNotHaveDuplicates();
    }
  }

  @Test
  void oneMessageTellsWhyAReleaseWasPutBack() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String gauge = world.gauge();
      world.atShare(50, () -> world.breach(gauge));

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"alarms\": [\"" + gauge + "\"]"));
      world.stack.events().drain();

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      Message release = StoryStack.releaseMessage();
      assertThat(
              List.of(
                  "backend: a release begins",
                  "backend: the new version starts",
                  "backend: is watched at 25 %",
                  "backend: is watched at 50 %",
                  "backend: is put back as it was",
                  "backend: rolled back, everything is as it was"))
          .containsSubsequence(told(release));
      assertThat(told(release)).endsWith("backend: rolled back, everything is as it was");
      assertThat(release.shown())
          .contains("at the step at 50 %: gauge")
          .contains("`░░░░░░░░░░` *0 %* of the traffic on backend-green, 100 % on backend-blue");
      assertThat(StoryStack.logs())
          .filteredOn(line -> line.startsWith("{\"_aws\"") && line.contains("\"Releases\""))
          .last()
          .satisfies(
              line -> {
                JsonNode metrics = JSON.readTree(line);
                assertThat(metrics.path("Stack").asText()).isEqualTo("crossfade");
                assertThat(metrics.path("Outcome").asText()).isEqualTo("RolledBack");
                assertThat(metrics.path("Cause").asText()).isEqualTo("Watch");
                assertThat(metrics.path("TrafficReturn").isIntegralNumber()).isTrue();
              });
      assertThat(StoryStack.logs())
          .filteredOn(line -> line.startsWith("{\"_aws\"") && line.contains("\"RequestsShifted\""))
          .last()
          .satisfies(line -> assertThat(line).contains("\"Outcome\":\"RolledBack\""));
      assertThat(lines(StoryStack.thread(release)))
          .anyMatch(line -> line.contains("rolling back: at the step at 50 %: gauge"));
    }
  }

  /** Every call but the question itself; the answer to a click takes another way. */
  @Test
  void slackThatIsDownAllTheTimeChangesNothing() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.onState(
          "RegisterTaskDefinition",
          () -> StoryStack.SLACK.outage(body -> !body.contains("crossfade_decision")));

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100);
      List<HistoryEvent> history = history(world, ended.executionArn());
      assertThat(history)
          .extracting(HistoryEvent::typeAsString)
          .noneMatch(type -> type.endsWith("Failed") || type.endsWith("TimedOut"));
      assertThat(states(history)).containsExactlyElementsOf(STATES);
      assertThat(told(StoryStack.releaseMessage())).hasSizeLessThan(3);
      assertThat(StoryStack.logs())
          .filteredOn(line -> line.contains("Slack was not told"))
          .isNotEmpty()
          .allSatisfy(
              line ->
                  assertThat(JSON.readTree(line).at("/mdc/deployment").asText())
                      .startsWith("story-"));
    }
  }

  /** In the order of their first time. */
  private static List<String> states(List<HistoryEvent> history) {
    return history.stream()
        .map(HistoryEvent::stateEnteredEventDetails)
        .filter(Objects::nonNull)
        .map(StateEnteredEventDetails::name)
        .distinct()
        .toList();
  }

  private static List<HistoryEvent> history(StoryStack world, String execution) {
    return world
        .stack
        .states()
        .getExecutionHistory(r -> r.executionArn(execution).maxResults(1000))
        .events();
  }

  /** The headlines that it had, one after another. */
  private static List<String> told(Message message) {
    List<String> headlines = new ArrayList<>();
    Stream.concat(
            message.updates().stream().map(Message.Version::blocks), Stream.of(message.blocks()))
        .map(StatusStory::headline)
        .forEach(
            headline -> {
              if (headlines.isEmpty() || !headlines.get(headlines.size() - 1).equals(headline)) {
                headlines.add(headline);
              }
            });
    return headlines;
  }

  private static String headline(ArrayNode blocks) {
    return blocks.at("/0/text/text").asText();
  }

  private static List<String> lines(List<Message> thread) {
    return thread.stream().flatMap(reply -> reply.text().lines()).toList();
  }
}
